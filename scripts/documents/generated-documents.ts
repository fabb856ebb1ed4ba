import { readFileSync } from "node:fs";
import * as z from "zod";
import { configJsonSchema } from "../../src/config/json-schema.ts";
import { commandTables } from "./command-tables.ts";
import { drawOverview, type Language } from "./draw-overview.ts";
import { openedKeys, runReportSchema } from "./run-report-schema.ts";
import { described, schemaRows, type TableSchema, valueOf } from "./schema-rows.ts";
import { table } from "./table.ts";

interface GeneratedDocument {
  readonly path: string;
  readonly text: string;
}

const languages: readonly Language[] = ["en", "ja"];

/** Every file that `npm run documents` writes, as it should be. */
export function generatedDocuments(): readonly GeneratedDocument[] {
  return [
    { path: "schema/run-report.schema.json", text: `${JSON.stringify(reportSchema(), null, 2)}\n` },
    ...languages.flatMap((language) => [
      { path: `docs/images/overview.${language}.svg`, text: drawOverview(language) },
      withBlock("run-report", language, reportTable(language)),
      withBlock("configuration", language, keyTable(language)),
      withBlock("commands", language, commandTables(language)),
    ]),
  ];
}

function reportSchema(): TableSchema {
  return {
    ...z.toJSONSchema(runReportSchema, { target: "draft-07", io: "input" }),
    title: "kintone-sso-sync run report",
  } as TableSchema;
}

function reportTable(language: Language): string {
  const rows = schemaRows(reportSchema(), ({ path }) => openedKeys.has(path));
  return table(
    language === "en" ? ["key", "value", "means"] : ["項目", "値", "意味"],
    rows.map(({ path, schema }) => [`\`${path}\``, valueOf(schema), described(schema, language)]),
  );
}

function keyTable(language: Language): string {
  const rows = schemaRows(configJsonSchema(), ({ path }) => !path.endsWith(".fields"));
  return table(
    language === "en" ? ["key", "value", "default", "means"] : ["項目", "値", "初期値", "意味"],
    rows
      .filter(({ schema }) => schema.properties === undefined || schema.description !== undefined)
      .map(({ path, schema }) => [
        `\`${path}\``,
        valueOf(schema),
        schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``,
        described(schema, language),
      ]),
  );
}

/** The page with what stands between its two marks made anew. */
function withBlock(page: string, language: Language, block: string): GeneratedDocument {
  const path = language === "en" ? `docs/${page}.md` : `docs/ja/${page}.md`;
  const text = readFileSync(path, "utf8").replace(
    /(<!-- generated -->\n).*?(<!-- end -->)/su,
    (_, begin: string, end: string) => `${begin}${block}\n${end}`,
  );
  return { path, text };
}
