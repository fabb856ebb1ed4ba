// Writes the parts of the documents that are made from the program; a test compares them.
import { writeFile } from "node:fs/promises";
import { generatedDocuments } from "./documents/generated-documents.ts";

for (const { path, text } of generatedDocuments()) await writeFile(path, text);
