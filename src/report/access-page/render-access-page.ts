import type { AccessReport } from "../../model/access-report.ts";
import type { Language } from "../../model/config.ts";
import { pageTexts } from "../../words/access-page-texts.ts";
import { type RenderedPage, renderShell } from "../pages/render-shell.ts";
import { pageDataOf } from "./page-data.ts";
import { pageFunctions } from "./page-script.ts";
import { searchFunctions } from "./page-search.ts";
import { pageStyle } from "./page-style.ts";

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

/** Who has what as one HTML file, which works without a network. */
export function renderAccessPage(report: AccessReport, reader: Reader): string {
  return renderAccess(report, reader).html;
}

/** The same with its policy, for a server of it. */
export function renderAccess(report: AccessReport, reader: Reader): RenderedPage {
  const { title, needsScript } = pageTexts(reader.language);
  const data = pageDataOf(report, reader);
  return renderShell({
    language: reader.language,
    title,
    needsScript,
    data,
    functions: pageFunctions,
    tools: searchFunctions,
    style: pageStyle,
  });
}
