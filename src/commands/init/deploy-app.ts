import { PassError } from "../../errors.ts";
import type { AppMaker } from "../../kintone/app-settings.ts";
import type { AppSettings, MadeAppKind } from "../../model/made-app.ts";
import type { Making } from "./make-apps.ts";
import { saysTheSame } from "../../apps/covers.ts";

/** Right after the request kintone may still tell the status of the deploy before. */
const firstLookMs = 1_000;
const laterLookMs = 1_500;
const longestDeployMs = 5 * 60_000;
/** A request whose answer was lost may never have come to kintone. */
const longestSilenceMs = 20_000;

/** Makes an app's settings live unless they are, and waits until people see them. Throws a PassError. */
export async function deployApp(
  { maker, clock, onStep, baseUrl }: Making,
  kind: MadeAppKind,
  app: number,
): Promise<void> {
  const isUnderWay = (await maker.deployStatus(app)) === "PROCESSING";
  if (!isUnderWay && (await isLive(maker, app))) return;
  const giveUpMs = clock.now() + longestDeployMs;
  let isAsked = isUnderWay;
  while (clock.now() < giveUpMs) {
    if (!isAsked) await ask();
    isAsked = true;
    const status = await waitForEnd();
    if (status === "live") return;
    if (status === "silent") isAsked = false;
    else throw new PassError("kintone.deploy-failed", { appId: app, baseUrl, status });
  }
  throw new PassError("kintone.deploy-failed", { appId: app, baseUrl, status: "PROCESSING" });

  async function ask(): Promise<void> {
    onStep?.(kind, "deploy", app);
    const written = await maker.deploy(app);
    if (written.kind === "overtaken") throw new PassError("kintone.settings-overtaken", { appId: app });
    if (written.kind === "refused" && (await maker.deployStatus(app)) !== "PROCESSING") throw written.error;
  }

  async function waitForEnd(): Promise<"live" | "silent" | "FAIL" | "CANCEL"> {
    const silentMs = clock.now() + longestSilenceMs;
    await clock.sleep(firstLookMs);
    while (clock.now() < giveUpMs) {
      const status = await maker.deployStatus(app);
      if (status === "FAIL" || status === "CANCEL") return status;
      if (status === "SUCCESS" && (await isLive(maker, app))) return "live";
      if (status === "SUCCESS" && clock.now() > silentMs) return "silent";
      await clock.sleep(laterLookMs);
    }
    return "silent";
  }
}

/** Whether what people work with is what the settings pages show. Throws a PassError. */
export async function isLive(maker: AppMaker, app: number, preview?: AppSettings): Promise<boolean> {
  const shown = preview ?? (await maker.read(app, "preview"));
  try {
    return saysTheSame(await maker.read(app, "live"), shown);
  } catch (error) {
    // An app that was never live cannot be used.
    if (error instanceof PassError && error.code === "kintone.app-not-found") return false;
    throw error;
  }
}
