import { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { onTestFinished } from "vitest";

import type { AppSeed, KintoneSeed } from "../../../src/sandbox/kintone/kintone-seed.ts";
import {
  type KintoneSandbox,
  type KintoneSandboxOptions,
  startKintoneSandbox,
} from "../../../src/sandbox/kintone/start-kintone-sandbox.ts";
import { BOOKS, LIBRARY } from "./library-seed.ts";

/** The library with some settings of the books app changed. */
export function libraryWith(books: Partial<AppSeed>, more: Partial<KintoneSeed> = {}): KintoneSeed {
  const others = LIBRARY.apps.filter((app) => app.id !== BOOKS.id);
  return { ...LIBRARY, apps: [{ ...BOOKS, ...books }, ...others], ...more };
}

/** A library with this many books and nothing else in it. */
export function libraryOf(count: number): KintoneSeed {
  const records = Array.from({ length: count }, (_, index) => ({ values: { title: `book ${index + 1}` } }));
  return libraryWith({ records });
}

/** Starts a sandbox for one test. */
export async function startLibrary(options: Partial<KintoneSandboxOptions> = {}): Promise<KintoneSandbox> {
  const sandbox = await startKintoneSandbox({ seed: LIBRARY, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The official client, with a token by default. */
export function createClient(
  sandbox: KintoneSandbox,
  options: Partial<ConstructorParameters<typeof KintoneRestAPIClient>[0]> = {},
): KintoneRestAPIClient {
  return new KintoneRestAPIClient({
    baseUrl: sandbox.url,
    auth: { apiToken: "booksAll" },
    proxy: false,
    ...options,
  });
}
