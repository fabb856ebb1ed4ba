import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as driver, type Page } from "playwright-core";
import type { AccessReport } from "../../src/model/access-report.ts";
import { renderAccessPage } from "../../src/report/access-page/render-access-page.ts";

export interface PageResult {
  readonly bytes: number;
  /** From the address to the last row that is drawn. */
  readonly openMs: number;
  /** The longest of the searches. */
  readonly searchMs: number;
  /** Of each search the quietest of all rounds, by what was searched. */
  readonly searches: readonly (readonly [string, number])[];
  /** The most elements that a search drew. */
  readonly elements: number;
}

/** What the page of the largest company is held to. */
export const pageLimits = { bytes: 10_000_000, openMs: 2_000, searchMs: 100 } as const;

/** The searches: one person, one account, one set, one record, nobody, and what nearly everything has. */
const searched = ["user-2999@", "Account 77", "Set13", "11#5", "nobody at all", "a", "利用者 1"];
const rounds = 7;

/** How large the page of who has what is, and how long a browser takes to open and to search it. */
export async function measurePage(report: AccessReport): Promise<PageResult> {
  const html = renderAccessPage(report, { language: "ja", timeZone: "Asia/Tokyo" });
  const folder = mkdtempSync(join(tmpdir(), "kintone-sso-sync-page-"));
  const path = join(folder, "access.html");
  writeFileSync(path, html);
  const browser = await driver.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
    headless: true,
  });
  try {
    const page = await browser.newPage();
    const began = performance.now();
    await page.goto(pathToFileURL(path).href);
    await page.getByRole("table").last().waitFor();
    const openMs = performance.now() - began;
    const searches: (readonly [string, number])[] = [];
    let elements = 0;
    for (const text of searched) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await search(page, "");
        times.push(await search(page, text));
        elements = Math.max(
          elements,
          await page.evaluate<number>('document.querySelectorAll("main *").length'),
        );
      }
      searches.push([text, Math.min(...times)]);
    }
    const searchMs = Math.max(...searches.map(([, ms]) => ms));
    return { bytes: new TextEncoder().encode(html).length, openMs, searchMs, searches, elements };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** What the page does for a key, and laying out what it drew. */
function search(page: Page, text: string): Promise<number> {
  return page.evaluate<number>(`((text) => {
    const input = document.querySelector("input");
    input.value = text;
    const began = performance.now();
    input.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - began;
  })(${JSON.stringify(text)})`);
}
