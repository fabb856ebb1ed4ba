import { onTestFinished } from "vitest";

import { makingOrder, type Making } from "../../../src/commands/init/make-apps.ts";
import type { InitProgress, ProgressStore } from "../../../src/commands/init/init-progress.ts";
import { createAppMaker } from "../../../src/kintone/app-settings.ts";
import { createKintoneClient } from "../../../src/kintone/client.ts";
import type { KintoneSeed } from "../../../src/sandbox/kintone/kintone-seed.ts";
import {
  type KintoneSandbox,
  startKintoneSandbox,
} from "../../../src/sandbox/kintone/start-kintone-sandbox.ts";
import { acceleratedClock } from "../../../src/wiring/clocks.ts";

export const founder = { code: "founder", name: "創業 花子", password: "pass" };

/** A kintone in which there are people and no apps. */
export const emptyKintone: KintoneSeed = {
  users: [founder, { code: "taro", name: "一般 太郎", password: "pass" }],
  groups: [{ code: "cloud-admins", name: "クラウド管理者" }],
  apps: [],
};

/** Starts a kintone for one test. */
export async function startKintone(
  seed: KintoneSeed = emptyKintone,
  speed?: number,
): Promise<KintoneSandbox> {
  const sandbox = await startKintoneSandbox({ seed, ...(speed !== undefined && { speed }) });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Progress that is kept in the test. */
function progressInMemory(): ProgressStore {
  let kept: InitProgress = { apps: {} };
  return {
    load: () => kept,
    save: (progress) => {
      kept = progress;
    },
    clear: () => {
      kept = { apps: {} };
    },
  };
}

/** What the founder makes apps with, on a clock that does not make a test wait. */
export function makingIn(sandbox: KintoneSandbox, more: Partial<Making> = {}, user = founder): Making {
  const config = {
    baseUrl: sandbox.url,
    permissionSets: { app: 0 },
    assignments: { app: 0 },
  } as Parameters<typeof createKintoneClient>[0]["config"];
  const secrets = { kintone: { kind: "password", username: user.code, password: user.password } } as const;
  const client = createKintoneClient({ config, secrets, usesProxies: false });
  const clock = acceleratedClock(20);
  const group = { type: "GROUP", code: "cloud-admins" } as const;
  return {
    maker: createAppMaker({ client, config, clock, random: () => 0 }),
    baseUrl: sandbox.url,
    clock,
    choices: { language: "ja", administrators: group, setAuthors: group },
    kinds: makingOrder.filter((kind) => kind !== "groups" && kind !== "reviews"),
    given: {},
    space: undefined,
    progress: progressInMemory(),
    ...more,
  };
}
