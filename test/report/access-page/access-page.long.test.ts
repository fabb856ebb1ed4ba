import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as driver } from "playwright-core";
import { expect, test } from "vitest";
import { renderAccessPage } from "../../../src/report/access-page/render-access-page.ts";
import { bigAccessReport } from "../who-has-what/access-samples.ts";

test("the page of 20,000 accesses in 500 accounts is a file of less than 10 MB; how long it takes to open and to search is printed", async () => {
  const report = bigAccessReport();
  expect(report.counts).toMatchObject({
    access: 20_000,
    assignments: 20_000,
    people: 3_000,
    accounts: 500,
    permissionSets: 200,
  });
  const html = renderAccessPage(report, { language: "ja", timeZone: "Asia/Tokyo" });
  const bytes = new TextEncoder().encode(html).length;
  expect(bytes).toBeLessThan(10_000_000);
  const path = join(tmpdir(), `access-page-large-${process.pid}.html`);
  await writeFile(path, html);

  const browser = await driver.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
    headless: true,
  });
  const page = await browser.newPage();
  const began = performance.now();
  await page.goto(pathToFileURL(path).href);
  await page.getByRole("table").last().waitFor();
  const openedMs = performance.now() - began;
  const searches = ["user-2999@", "Account 77", "Set13", "11#5", "nobody at all", "a"];
  const searchMs: number[] = [];
  for (const text of searches) {
    await page.getByRole("searchbox").fill(text);
    // Once more, with what it takes until the list is there again.
    searchMs.push(
      await page.evaluate<number>(`(() => {
        const began = performance.now();
        document.querySelector("input").dispatchEvent(new Event("input"));
        document.body.getBoundingClientRect();
        return performance.now() - began;
      })()`),
    );
  }
  await browser.close();
  process.stdout.write(
    `access page: ${(bytes / 1e6).toFixed(1)} MB, open in ${Math.round(openedMs)} ms, searches in ${searchMs.map(Math.round).join(", ")} ms\n`,
  );
});
