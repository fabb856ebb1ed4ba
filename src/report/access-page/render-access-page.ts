import type { AccessReport } from "../../model/access-report.ts";
import type { Language } from "../../model/config.ts";
import { sha256Base64 } from "../../model/digest.ts";
import { pageTexts } from "../../words/access-page-texts.ts";
import { pageDataOf } from "./page-data.ts";
import { pageFunctions } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";

/**
 * Who has what as one HTML file: nothing is loaded, nothing is sent, and nothing runs but the script with this hash. Texts
 * of records and of AWS are in it as JSON only, and the script puts them into the page as text.
 */
export function renderAccessPage(
  report: AccessReport,
  options: { readonly language: Language; readonly timeZone: string },
): string {
  const { title, needsScript } = pageTexts(options.language);
  const script = pageScript();
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256Base64(script)}'`,
    `style-src 'sha256-${sha256Base64(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    `<html lang="${options.language}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${title}</title>`,
    `<style>${pageStyle}</style>`,
    "</head>",
    `<body><main></main><noscript><p>${needsScript}</p></noscript>`,
    `<script type="application/json" id="data">${jsonForHtml(pageDataOf(report, options))}</script>`,
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** The same JSON, in which nothing ends or begins an element or a comment of HTML. */
function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/** The functions' own sources. What runs them from TypeScript keeps their names by a function of its own, which a browser has not. */
function pageScript(): string {
  const start = pageFunctions.at(-1);
  const sources = pageFunctions.map(String).join("\n");
  return `"use strict";{const __name=(it)=>it;${sources}\n${start?.name ?? ""}();}`;
}
