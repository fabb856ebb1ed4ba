// Writes the JSON schema of the configuration file, which editors use for completion.
import { mkdir, writeFile } from "node:fs/promises";
import { configJsonSchema } from "../src/config/json-schema.ts";

const folder = new URL("../schema/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(
  new URL("kintone-sso-sync.schema.json", folder),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
