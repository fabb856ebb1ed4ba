import { expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { schemaRows, type TableSchema } from "../../scripts/documents/schema-rows.ts";
import { openedKeys, runReportSchema } from "../../scripts/documents/run-report-schema.ts";
import { companySeed } from "../../src/sandbox/company/company-seed.ts";
import { reportIn, withSandbox } from "../e2e/with-sandbox.ts";

const schema = JSON.parse(readFileSync("schema/run-report.schema.json", "utf8")) as TableSchema;
const described = new Set(schemaRows(schema, ({ path }) => openedKeys.has(path)).map(({ path }) => path));

function pathsIn(value: object): readonly string[] {
  return Object.entries(value).flatMap(([key, child]: readonly [string, unknown]) => {
    const below = openedKeys.has(key) ? [child].flat() : [];
    return [key, ...below.flatMap((each) => Object.keys(each as object).map((inner) => `${key}.${inner}`))];
  });
}

it("reports are as the published schema says, and have no key that it does not describe", async () => {
  await withSandbox({ seed: companySeed() }, async ({ cli }) => {
    const reports = [
      reportIn(await cli("plan --json")),
      reportIn(await cli("sync --json")),
      reportIn(await cli("plan --json", { KINTONE_API_TOKEN: "wrong" })),
    ];
    for (const report of reports) {
      expect(runReportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
      expect(pathsIn(report).filter((path) => !described.has(path))).toEqual([]);
    }
  });
});
