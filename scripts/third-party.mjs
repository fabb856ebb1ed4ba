// What of others a bundle holds, and under which licence. A package with another licence stops the build.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences that ask for no more than their text beside the program. */
const allowedLicences = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD"]);

/** The folders of the packages whose code is in the outputs, by esbuild's metafile, sorted. */
export function bundledPackages({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(path) ?? []);
  return [...new Set(folders)].sort();
}

/** The notices of these packages, equal texts once. Throws at a licence that is not allowed. */
export function thirdPartyNotices(folders, root) {
  const packages = folders.map((folder) => readPackage(join(root, folder)));
  const refused = packages.filter(({ licence }) => !allowedLicences.has(licence));
  if (refused.length > 0)
    throw new Error(
      `not allowed: ${refused.map(({ title, licence }) => `${title} (${licence})`).join(", ")}`,
    );
  const byText = new Map();
  for (const { title, licence, text = textOf(licence, packages) } of packages)
    byText.set(text, [...(byText.get(text) ?? []), `${title} (${licence})`]);
  const parts = [...byText].map(([text, titles]) => `${titles.join("\n")}\n\n${text}`);
  const rule = `\n\n${"-".repeat(72)}\n\n`;
  return `${["kintone-sso-sync holds code of these packages, under these licences.", ...parts].join(rule)}\n`;
}

function readPackage(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)(?:\.|$)/iu.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8"));
  const own = texts.length > 0 ? texts.join("\n\n") : fromReadme(folder);
  return {
    title: `${name} ${version}`,
    licence: String(license),
    text: own?.replaceAll("\r\n", "\n").trim() ?? (license === "MIT" ? mitOf(author) : undefined),
  };
}

/** Some packages have their licence in their README only. */
function fromReadme(folder) {
  const readme = readdirSync(folder).find((file) => /^readme\.md$/iu.test(file));
  if (readme === undefined) return undefined;
  const text = readFileSync(join(folder, readme), "utf8");
  return /Copyright \(c\)[\s\S]*?Permission is hereby granted[\s\S]*?SOFTWARE\./u.exec(text)?.[0];
}

/** The text of a licence that names nobody, from another package; every other text has a name in it. */
function textOf(licence, packages) {
  const text = packages.find((other) => other.licence === licence && other.text !== undefined)?.text;
  if (licence !== "Apache-2.0" || text === undefined) throw new Error(`no text of the licence ${licence}`);
  return text;
}

function mitOf(author) {
  const holder = typeof author === "string" ? author : author?.name;
  if (holder === undefined) throw new Error("nobody holds the copyright");
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
