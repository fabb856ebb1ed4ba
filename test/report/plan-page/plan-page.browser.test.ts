import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import { type Browser, chromium as driver } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPlanPage } from "../../../src/report/plan-page/render-plan-page.ts";
import { hostileReport } from "../../tell/github-hostile-report.ts";
import { bigReport } from "../plan-view/big-report.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await driver.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
    headless: true,
  });
}, 60_000);

afterAll(() => browser.close());

describe("the page of a plan, in a browser", { timeout: 60_000 }, () => {
  test.each(["light", "dark"] as const)(
    "shows what is dangerous without scrolling, and nothing serious for axe (%s)",
    async (colorScheme) => {
      const path = join(tmpdir(), `plan-page-${process.pid}.html`);
      const page = await browser.newPage({ colorScheme, viewport: { width: 1_000, height: 700 } });
      const troubles: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith("file:")) troubles.push(request.url());
      });
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("dialog", (dialog) => troubles.push(dialog.message()));
      const open = async (html: string): Promise<void> => {
        await writeFile(path, html);
        await page.goto(pathToFileURL(path).href);
        await page.getByRole("heading", { level: 1 }).waitFor();
      };

      await open(renderPlanPage(bigReport(), { language: "en", timeZone: "Asia/Tokyo" }));
      const danger = page.getByText("no administrator is left in Account 7").first();
      expect((await danger.boundingBox())?.y ?? 1_000).toBeLessThan(500);
      const found = await page.evaluate<axe.AxeResults>(`(() => {${axe.source}})(); axe.run()`);
      const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);

      await open(
        renderPlanPage(hostileReport("</script><img src=x onerror=alert(1)>"), {
          language: "ja",
          timeZone: "Asia/Tokyo",
        }),
      );
      expect(await page.locator("img").count()).toBe(0);
      expect(troubles).toEqual([]);
      await page.close();
    },
  );
});
