import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { configFileSchema } from "../../src/config/config-file-schema.ts";
import { variableFor } from "../../src/config/environment.ts";
import { configJsonSchema, schemaAt } from "../../src/config/json-schema.ts";

test("the published JSON schema is the one that files are judged by", async () => {
  const published = new URL("../../schema/kintone-sso-sync.schema.json", import.meta.url);
  expect(JSON.parse(await readFile(published, "utf8"))).toEqual(configJsonSchema());
});

test("every key that has no default can be given by the environment", () => {
  const { error } = configFileSchema.safeParse(parse("{}"));
  const required = error?.issues.map((issue) => issue.path.join(".")) ?? [];
  expect(required).toEqual([
    "kintone.baseUrl",
    "kintone.permissionSets.app",
    "kintone.assignments.app",
    "identityCenter.region",
  ]);
  expect(required.filter((path) => variableFor(path) === undefined)).toEqual([]);
});

test("a position in a list has the schema of the list's items", () => {
  expect(schemaAt(configJsonSchema(), ["protected", "accounts", 0])).toMatchObject({ pattern: "^\\d{12}$" });
});
