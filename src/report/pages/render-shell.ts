import type { Language } from "../../model/config.ts";
import { sha256Base64 } from "../../model/digest.ts";

/** What a page is made of. Only `data` may hold texts that others wrote. */
export interface PageShell {
  readonly language: Language;
  readonly title: string;
  /** Shown where scripts are switched off. */
  readonly needsScript: string;
  readonly data: unknown;
  /** The script: functions that use each other and what a browser has; the last one starts it. */
  readonly functions: PageFunctions;
  /** Functions of another file that those use as `tools`: what the last one of them returns. */
  readonly tools?: PageFunctions;
  /** Another page below it, with data and functions of its own. */
  readonly below?: Pick<PageShell, "data" | "functions" | "tools">;
  readonly style: string;
  /** Whether it sends forms to its own site. */
  readonly hasForms?: boolean;
}

type PageFunctions = readonly ((...input: never[]) => unknown)[];

export interface RenderedPage {
  readonly html: string;
  /** The content security policy, for an HTTP header; the page has it as well. */
  readonly policy: string;
}

/**
 * One HTML document: nothing is loaded, and nothing runs but the script with this hash. Texts of records and of AWS are in
 * it as JSON only, and the script puts them into the page as text.
 */
export function renderShell(shell: PageShell): RenderedPage {
  const { language, title, needsScript, data, functions, tools, below, style, hasForms = false } = shell;
  const scripts = [scriptOf(functions, tools), ...(below ? [scriptOf(below.functions, below.tools)] : [])];
  const script = `"use strict";${scripts.join("\n")}`;
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256Base64(script)}'`,
    `style-src 'sha256-${sha256Base64(style)}'`,
    "base-uri 'none'",
    `form-action ${hasForms ? "'self'" : "'none'"}`,
  ].join("; ");
  const html = [
    "<!doctype html>",
    `<html lang="${language}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // A page that sends forms has to say to its own site where they come from.
    `<meta name="referrer" content="${hasForms ? "same-origin" : "no-referrer"}">`,
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    "</head>",
    `<body><main></main><noscript><p>${needsScript}</p></noscript>`,
    `<script type="application/json" id="data">${jsonForHtml(data)}</script>`,
    ...(below ? [`<script type="application/json" id="below">${jsonForHtml(below.data)}</script>`] : []),
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
  return { html, policy };
}

/** What a server sends with a page. */
export function pageHeaders({ policy }: RenderedPage): Readonly<Record<string, string>> {
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": `${policy}; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
  };
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
function scriptOf(functions: PageFunctions, tools: PageFunctions = []): string {
  const ended = (list: PageFunctions): string => `${list.map(String).join("\n")}\n`;
  const own = tools.length === 0 ? "" : `const tools=(()=>{${ended(tools)}return ${lastName(tools)}();})();`;
  return `{const __name=(it)=>it;${own}${ended(functions)}${lastName(functions)}();}`;
}

function lastName(functions: PageFunctions): string {
  return functions.at(-1)?.name ?? "";
}
