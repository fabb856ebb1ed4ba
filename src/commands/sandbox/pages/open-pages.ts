import { createProcessMemory } from "../../../memory/process-memory.ts";
import type { ProcessFace } from "../../../process/process-face.ts";
import { summarisePass } from "../../../report/pages/service-pages.ts";
import { companySeed } from "../../../sandbox/company/company-seed.ts";
import type { Sandbox } from "../../../sandbox/start-sandbox.ts";
import { sandboxPageTexts } from "../../../words/sandbox-page-texts.ts";
import type { GlobalOptions } from "../../command-context.ts";
import { openInside, syncInside } from "../sandbox-pass.ts";
import { createPageAnswers } from "./answer-page.ts";
import { createSyncDesk } from "./desk.ts";

/** Puts pages where the sample company's kintone, Slack and access portal would have theirs, with a button that runs the real sync. */
export function openPages(face: ProcessFace, options: GlobalOptions, sandbox: Sandbox, speed: number): void {
  const inside = openInside(face, { ...options, logLevel: "silent" }, sandbox);
  const { language, settings } = inside;
  const timeZone = settings.ok ? settings.config.timezone : "Asia/Tokyo";
  const memory = createProcessMemory(settings.ok ? settings.config.owner : "");
  const sync = createSyncDesk(async () => summarisePass(await syncInside(inside, speed, memory), language));
  const answer = createPageAnswers({
    sandbox,
    sync,
    reader: { language, timeZone },
    texts: sandboxPageTexts(language),
    channels: companySeed().slack.channels,
  });
  sandbox.kintone.showPages(answer);
}
