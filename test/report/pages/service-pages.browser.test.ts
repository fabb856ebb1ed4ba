import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServiceServer } from "../../../src/commands/serve/service-server.ts";
import { createPassHistory } from "../../../src/commands/serve/pages/pass-history.ts";
import type { Language } from "../../../src/model/config.ts";
import { sampleIssue } from "../../words/sample-issues.ts";
import { passWithIssues, reportOf } from "../builders.ts";
import { namedAccessReport } from "../who-has-what/access-samples.ts";

const token = "a-token-that-nobody-guesses";
const hostile = `</script><img src=x onerror=alert(1)>"'`;
let browser: Browser;

beforeAll(async () => {
  browser = await driver.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
    headless: true,
  });
}, 60_000);

afterAll(() => browser.close());

async function startPages(language: Language) {
  const history = createPassHistory(language);
  const issues = [sampleIssue("group.ambiguous", { value: hostile }), sampleIssue("account.unknown")];
  for (const times of [1, 2]) {
    history.add({ ...reportOf(passWithIssues(issues), { language }), runId: `run-${times}` });
  }
  return startServiceServer({
    host: "127.0.0.1",
    port: 0,
    trustProxy: [],
    metrics: { contentType: "text/plain", render: () => Promise.resolve("") },
    readiness: () => ({ ready: true, lastSuccess: null }),
    onSync: () => "started",
    pages: {
      reader: { language, timeZone: "Asia/Tokyo" },
      isLoopback: true,
      signIn: { nowMs: () => Date.now(), token },
      history,
      readAccess: () => Promise.resolve(namedAccessReport(hostile)),
      readPlan: () => Promise.resolve(`+ assign ${hostile}`),
    },
  });
}

/** What is wrong with the page for whoever cannot see it well. */
async function seriousFlaws(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate<axe.AxeResults>(`(() => {${axe.source}})(); axe.run()`);
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Pictures for the documents, where somebody wants them. */
async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env["PICTURES"];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

describe("the pages of a service, in a browser", { timeout: 120_000 }, () => {
  test.each([
    ["en", "light"],
    ["ja", "dark"],
  ] as const)("lead from signing in to everything, in %s and %s", async (language, colorScheme) => {
    const server = await startPages(language);
    const context = await browser.newContext({ colorScheme, viewport: { width: 1_000, height: 700 } });
    const page = await context.newPage();
    const troubles: string[] = [];
    const own = `http://127.0.0.1:${server.port}/`;
    page.on("request", (request) => {
      if (!request.url().startsWith(own)) troubles.push(request.url());
    });
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("dialog", (dialog) => troubles.push(dialog.message()));
    const look = async (name: string): Promise<void> => {
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect([name, ...(await seriousFlaws(page))]).toEqual([name]);
      expect(await page.locator("img").count()).toBe(0);
      await takePicture(page, `${name}-${language}-${colorScheme}`);
    };

    await page.goto(`${own}pages`);
    await look("sign-in");
    await page.locator("input").fill(token);
    await page.getByRole("button").click();
    await page.locator("pre").waitFor();
    await look("passes");
    await page.getByRole("button").first().click();
    await page.getByRole("status").waitFor();

    const follow = (place: string) => page.locator(`nav a[href="${place}"]`).click();
    await follow("/pages/issues");
    await page.getByRole("table").waitFor();
    expect(await page.getByRole("table").textContent()).toContain(hostile);
    await look("issues");
    await follow("/pages/plan");
    await page.getByRole("button").click();
    await page.locator("pre").waitFor();
    await look("plan");
    await follow("/pages/access");
    await page.getByRole("button").click();
    await page.getByRole("searchbox").waitFor();
    await look("access");
    await page.goto(`${own}pages/mine`);
    await page.locator('input[name="user"]').fill(hostile);
    await page.locator('form[action="/pages/mine"] button').click();
    await page.getByRole("table").waitFor();
    await look("mine");
    expect(troubles).toEqual([]);
    await context.close();
    await server.close();
  });
});
