import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderAccessPage } from "../../../src/report/access-page/render-access-page.ts";
import { bigAccessReport, namedAccessReport } from "../who-has-what/access-samples.ts";

const reader = { language: "en", timeZone: "Asia/Tokyo" } as const;
let browser: Browser;

beforeAll(async () => {
  browser = await driver.launch({
    // Not those of its own: they switch off what the page relies on.
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
    headless: true,
  });
}, 60_000);

afterAll(() => browser.close());

/** Opens the page as a file of its own; whatever it asks for elsewhere or logs as an error is listed. */
async function openPage(html: string): Promise<{ readonly page: Page; readonly troubles: string[] }> {
  const path = join(tmpdir(), `access-page-${process.pid}.html`);
  await writeFile(path, html);
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) troubles.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("dialog", (dialog) => troubles.push(dialog.message()));
  await page.goto(pathToFileURL(path).href);
  return { page, troubles };
}

describe("the page of who has what, in a browser", { timeout: 60_000 }, () => {
  test("opens soon, finds a person at once, leads from a cell to its people, and has nothing serious for axe", async () => {
    const started = performance.now();
    const { page, troubles } = await openPage(renderAccessPage(bigAccessReport(), reader));
    await page
      .getByRole("row", { name: /user-0@/u })
      .first()
      .waitFor();
    const openedMs = performance.now() - started;

    const found = page.getByRole("status");
    expect(await found.textContent()).toBe("20,000 found");
    await page.keyboard.press("/");
    await page.keyboard.insertText("user-2999@ account");
    const [lines] = /\d+/u.exec((await found.textContent()) ?? "") ?? [];
    expect(Number(lines)).toBeGreaterThan(0);
    expect(Number(lines)).toBeLessThan(10);

    await page.getByRole("searchbox").fill("Account 40");
    await page
      .getByRole("button", { name: /^Account 40, Set.*administrator$/u })
      .first()
      .press("Enter");
    expect(await page.getByRole("table").last().getByRole("row").count()).toBeGreaterThan(1);
    expect(await page.getByRole("link", { name: "11#" }).first().getAttribute("href")).toMatch(/^https:/u);

    // What the tester says is run through the browser's own interface: the page itself lets no other script run.
    const results = await page.evaluate<axe.AxeResults>(`(() => {${axe.source}})(); axe.run()`);
    expect(results.violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual(
      [],
    );
    expect(troubles).toEqual([]);
    expect(openedMs).toBeLessThan(20_000);
    await page.close();
  });

  test("draws no more than a person looks at, however much is found, and the rest when it is asked for", async () => {
    const { page, troubles } = await openPage(renderAccessPage(bigAccessReport(), reader));
    const drawn = () => page.evaluate<number>('document.querySelectorAll("main td, main th").length');
    for (const text of ["", "a", "account 1", "ＵＳＥＲ", "11#5"]) {
      await page.getByRole("searchbox").fill(text);
      expect(await drawn()).toBeLessThan(800);
    }
    await page.getByRole("searchbox").fill("account 49");
    await page.getByRole("button", { name: /more permission sets/u }).click();
    expect(await page.getByRole("table").first().getByRole("columnheader").count()).toBeGreaterThan(13);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test("has on paper all that is found, and a sheet for each account or for whoever changed the records last", async () => {
    const { page, troubles } = await openPage(renderAccessPage(bigAccessReport(), reader));
    await page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))");
    await page.getByRole("searchbox").fill("account 49");
    const [number = ""] = ((await page.getByRole("status").textContent()) ?? "").split(" ");
    const found = Number(number.replace(",", ""));
    await page.getByRole("button", { name: "Print" }).click();
    expect(await page.locator(".list tbody tr").count()).toBe(found);
    expect(await page.locator(".matrix").count()).toBeGreaterThan(1);

    await page.getByLabel("On paper").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Print" }).click();
    expect(await page.locator(".sheet").count()).toBeGreaterThan(10);
    expect(await page.locator(".sheet tbody tr").count()).toBe(found);
    expect(await page.locator(".sheet").first().getByRole("heading").textContent()).toMatch(/^Account \d/u);
    await page.getByLabel("On paper").selectOption({ index: 2 });
    await page.getByRole("button", { name: "Print" }).click();
    expect(await page.locator(".sheet h2").allTextContents()).toEqual(["No record"]);
    expect(await page.locator(".list tbody tr").count()).toBe(found);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator(".sheet").count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test("shows hostile names as the texts that they are", async () => {
    const text = `</script><img src=x onerror=alert(1)>"'{{1}}`;
    const { page, troubles } = await openPage(renderAccessPage(namedAccessReport(text), reader));
    expect(await page.getByRole("table").last().textContent()).toContain(text);
    expect(await page.locator("img").count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
