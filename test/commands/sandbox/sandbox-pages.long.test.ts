import { setTimeout as wait } from "node:timers/promises";
import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../../src/commands/command-line.ts";
import { fakeProcess } from "../../fake-process.ts";

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

/** The command, until it says where its pages are. */
async function startSandboxCommand(args: readonly string[]) {
  const { face, stderr, signal } = fakeProcess({ args });
  const ended = runCommandLine(face, "0.0.0");
  for (;;) {
    const [address] = /http:\/\/localhost:\d+\/(?=\s)/u.exec(stderr()) ?? [];
    if (address !== undefined) return { address, end: () => (signal("SIGTERM"), ended) };
    await wait(10);
  }
}

async function openPage(
  address: string,
  own = new URL("/", address).href,
): Promise<{ readonly page: Page; readonly troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1_100, height: 800 } });
  const troubles: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(own)) troubles.push(request.url());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("dialog", (dialog) => troubles.push(dialog.message()));
  await page.goto(address);
  return { page, troubles };
}

/** What is wrong with the page for whoever cannot see it well, and what lives in it of a hostile text. */
async function seriousFlaws(page: Page): Promise<readonly string[]> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  const found = await page.evaluate<axe.AxeResults>(`(() => {${axe.source}})(); axe.run()`);
  const images = await page.locator("img").count();
  return [
    ...Array.from({ length: images }, () => "an image"),
    ...found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
  ];
}

describe("the pages of the sandbox, in a browser", { timeout: 120_000 }, () => {
  test("let a person play the story: a record with a mistake, a sync, the comment, the correction, solved, and the account in the portal", async () => {
    const { address, end } = await startSandboxCommand(["sandbox", "--speed", "200", "--lang", "en"]);
    const { page, troubles } = await openPage(address);
    const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
    const follow = (name: string | RegExp) => page.getByRole("link", { name }).first().click();
    const look = async (): Promise<void> => expect(await seriousFlaws(page)).toEqual([]);
    const sync = async (): Promise<string> => {
      await press("Sync now");
      await page.locator("pre").waitFor();
      return (await page.locator("pre").textContent()) ?? "";
    };
    await look();

    await page.getByLabel("You are").selectOption("nishimura.kei");
    await press("Switch");
    await follow("許可セット割当");
    await look();
    await follow("New record");
    await page.getByLabel("許可セット *").selectOption("Developer");
    await page.getByLabel("ユーザー").selectOption("nishimura.kei");
    await look();
    await press("Save");
    expect(await page.getByRole("alert").textContent()).toMatch(
      /^Missing or invalid input\.\nAWSアカウント: /u,
    );
    expect(await page.getByLabel("ユーザー").inputValue()).toBe("nishimura.kei");
    await page.getByLabel("AWSアカウント *").selectOption("shop-qa");
    await press("Save");
    await page.getByLabel("Your comment").fill(hostile);
    await press("Comment");
    expect(await page.locator("section").textContent()).toContain(hostile);
    const record = page.url();

    const first = await sync();
    expect(first).toContain("shop-qa");
    await look();
    await page.goto(record);
    const complaint = page.locator("section").last();
    expect(await complaint.textContent()).toMatch(/To 西村 慶.*shop-qa/su);
    await look();

    await follow("Channel #aws-access");
    await look();
    await page.locator("section a").first().click();
    await page.getByRole("link", { name: "Edit" }).waitFor();
    expect(page.url()).toMatch(/show\?record=\d+$/u);

    await page.goto(record);
    await follow("Edit");
    expect(await page.getByLabel("AWSアカウント *").inputValue()).toBe("shop-qa");
    await page.getByLabel("AWSアカウント *").selectOption("sandbox");
    await press("Save");
    await sync();
    await page.goto(record);
    await page.getByRole("heading", { name: "Comments" }).waitFor();
    expect(await page.locator("section").last().textContent()).not.toContain("shop-qa");
    expect(await page.locator("section").last().textContent()).toMatch(/solved/iu);

    await follow("Access portal");
    await look();
    expect(await page.getByRole("table").first().textContent()).toContain("sandbox (343434343434)Developer");
    await page.goto(`${address}start/?account_id=343434343434&role_name=Developer`);
    expect(await page.getByRole("status").textContent()).toContain("You may enter");

    expect(troubles).toEqual([]);
    await page.close();
    expect(await end()).toBe(0);
  });

  test("are there when a demo has ended, with what its passes left, until it is interrupted", async () => {
    const { address, end } = await startSandboxCommand(["demo", "--open", "--lang", "ja"]);
    const { page, troubles } = await openPage(`${address}k/10/show#record=8`);
    await page.getByRole("heading", { name: "コメント" }).waitFor();
    expect(await page.locator("section").first().textContent()).toContain("宛先: 高橋 健太");
    expect(await seriousFlaws(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
    expect(await end()).toBe(0);
  });
});
