// Pictures for the documents, of the sandbox: `npm run screenshots` writes them to docs/images.
import { systemClock } from "../src/wiring/clocks.ts";
import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { runCommandLine } from "../src/commands/command-line.ts";
import { type ProcessFace, thisProcess } from "../src/process/process-face.ts";

const folder = "docs/images";
const mostBytes = 150_000;
const speed = "200";

/** A command of this program, with what it has written so far. */
function start(args: readonly string[], environment: ProcessFace["environment"]) {
  let [printed, said] = ["", ""];
  let stop = (): void => undefined;
  const ended = runCommandLine(
    {
      ...thisProcess(systemClock),
      args,
      environment,
      usesProxies: false,
      canAsk: false,
      stdout: { write: (text) => void (printed += text) },
      stderr: { write: (text) => void (said += text) },
      onSignal: (_names, listener) => {
        stop = listener;
        return () => undefined;
      },
    },
    "0.0.0",
  );
  return { ended, stop: () => stop(), printed: () => printed, said: () => said };
}

/** A font for Japanese, which a machine without one lacks. */
async function fontStyle(): Promise<string> {
  const files = fileURLToPath(
    import.meta.resolve("@fontsource/noto-sans-jp/files/noto-sans-jp-japanese-400-normal.woff2"),
  );
  const latin = files.replace("-japanese-", "-latin-");
  const faces = await Promise.all(
    [files, latin].map(async (file) => {
      const data = (await readFile(file)).toString("base64");
      return `@font-face{font-family:"Picture";src:url(data:font/woff2;base64,${data})}`;
    }),
  );
  const [japanese = "", western = ""] = faces.map((face, index) =>
    face.replace('"Picture"', index === 0 ? '"Picture JP"' : '"Picture"'),
  );
  return `${japanese}${western}body,pre,button,input,select,textarea{font-family:"Picture","Picture JP",sans-serif!important}`;
}

async function picture(page: Page, name: string, style: string): Promise<void> {
  await page.addStyleTag({ content: style });
  await page.evaluate("document.fonts.ready");
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > mostBytes) throw new Error(`${path} has ${size} bytes, which are too many.`);
  process.stdout.write(`${path} ${size}\n`);
}

/** A person enters a record with a mistake and syncs; then the record with its comment, and who has what. */
async function takePictures(browser: Browser, language: "en" | "ja", style: string): Promise<void> {
  const own = { PATH: process.env["PATH"], HOME: tmpdir() };
  const sandbox = start(["sandbox", "--speed", speed, "--lang", language], own);
  let address: string | undefined;
  while (address === undefined) {
    [address] = /http:\/\/localhost:\d+\/(?=\s)/u.exec(sandbox.said()) ?? [];
    await wait(20);
  }
  const page = await browser.newPage({ viewport: { width: 1_000, height: 720 }, bypassCSP: true });
  const press = (action: string): Promise<void> =>
    page.locator(`form[action="${action}"] button`).first().click();
  await page.goto(address);
  await page.locator('select[name="person"]').selectOption("nishimura.kei");
  await press("/person");
  await page.goto(`${address}k/11/edit`);
  await page.locator('select[name="f:permission_set"]').selectOption("Developer");
  await page.locator('select[name="f:users"]').selectOption("nishimura.kei");
  await page.locator('select[name="f:accounts"]').selectOption("shop-qa");
  await press("/k/11/edit");
  await page.locator("h2").waitFor();
  const record = page.url();
  await press("/sync");
  await page.locator("pre").waitFor();
  await page.goto(record);
  await page.locator("section").first().waitFor();
  // What the picture is about is the comment, to its end; the fields of the form stand above it.
  await page.addStyleTag({ content: style });
  await page.evaluate("document.fonts.ready");
  await page.evaluate('document.querySelector("section").scrollIntoView({ block: "end" })');
  await picture(page, `record-${language}`, style);

  const scratch = await mkdtemp(join(tmpdir(), "screenshots-"));
  const file = join(scratch, "access.html");
  const exports = [...sandbox.printed().matchAll(/^export (\w+)='([^']*)'$/gmu)];
  const environment = {
    ...own,
    ...Object.fromEntries(exports.map(([, name = "", value = ""]) => [name, value])),
  };
  const access = start(["access", "--format", "html", "--out", file, "--lang", language], environment);
  if ((await access.ended) !== 0) throw new Error(access.said());
  await page.goto(pathToFileURL(file).href);
  await page.locator("table").first().waitFor();
  await picture(page, `access-${language}`, style);
  await page.close();
  await rm(scratch, { recursive: true });
  sandbox.stop();
  await sandbox.ended;
}

await mkdir(folder, { recursive: true });
const browser = await driver.launch({
  args: ["--no-sandbox", "--disable-gpu"],
  executablePath: await chromium.executablePath(),
  headless: true,
});
const style = await fontStyle();
await takePictures(browser, "en", style);
await takePictures(browser, "ja", style);
await browser.close();
