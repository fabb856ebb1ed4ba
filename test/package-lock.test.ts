import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly resolved?: string }>>;
}

const { packages } = JSON.parse(
  readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
) as Lock;
const installed = Object.entries(packages).filter(([path]) => path !== "");

it("every package that an installation may fetch, on any platform, is locked to one content", () => {
  const loose = installed.filter(
    ([, { integrity = "" }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/u.test(integrity),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

it("no package is tied to the registry that it came from on the machine of whoever locked it", () => {
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
