import { expect, it } from "vitest";

import { PassError } from "../../../src/errors.ts";
import { makeApps, type Making } from "../../../src/commands/init/make-apps.ts";
import type { KintoneSandbox } from "../../../src/sandbox/kintone/start-kintone-sandbox.ts";
import { acceleratedClock } from "../../../src/wiring/clocks.ts";
import { emptyKintone, makingIn, startKintone } from "./newcomer.ts";

/** Of the sandbox; the command's own patience passes slower, so that a busy machine does not use it up. */
const speed = 300;
const clockSpeed = 60;

async function start(): Promise<{ readonly sandbox: KintoneSandbox; readonly making: Making }> {
  const sandbox = await startKintone(emptyKintone, speed);
  return { sandbox, making: makingIn(sandbox, { clock: acceleratedClock(clockSpeed) }) };
}

/** Everything that is live in all apps, whatever the revisions and the numbers of views. */
async function outcome({ maker }: Making, { requests }: KintoneSandbox): Promise<unknown> {
  const asked = requests.filter(({ operation, status }) => operation === "addApp" && status === 200).length;
  const apps = await Promise.all([1, 2, 3].map((app) => maker.read(app, "live")));
  const text = JSON.stringify(apps, (key, value: unknown) => (["revision", "id"].includes(key) ? "" : value));
  return { apps: JSON.parse(text) as unknown, last: await maker.lastApp(), tooMany: asked > 3 };
}

/** From the nth write on nothing answers; that one has its effect. Reads change nothing: to die after one is to die after the write before it. */
function die({ failures }: KintoneSandbox, nth: number): void {
  let writes = 0;
  const isWrite = ({ method }: { readonly method: string }) => method !== "GET";
  failures.add({
    match: (request) => {
      if (isWrite(request)) writes += 1;
      return isWrite(request) && writes === nth;
    },
    phase: "after",
    respond: { reset: true },
  });
  failures.add({
    match: (request) => writes > nth || (writes === nth && !isWrite(request)),
    respond: { reset: true },
  });
}

it("init that is killed at any of its writes ends, when it is run again, as if it never had been", async () => {
  const whole = await start();
  await makeApps(whole.making);
  const wanted = await outcome(whole.making, whole.sandbox);
  const writes = whole.sandbox.requests.filter(({ kind }) => kind === "write").length;
  expect(writes).toBeGreaterThan(24);
  const lanes = Array.from({ length: 6 }, async (_, lane) => {
    for (let nth = lane + 1; nth <= writes; nth += 6) {
      const { sandbox, making } = await start();
      die(sandbox, nth);
      await expect(makeApps(making), `write ${nth}`).rejects.toBeInstanceOf(PassError);
      sandbox.failures.clear();
      expect(await makeApps(making)).toEqual({ accounts: 1, permissionSets: 2, assignments: 3 });
      expect(await outcome(making, sandbox), `write ${nth}`).toEqual(wanted);
      await sandbox.close();
    }
  });
  await Promise.all(lanes);
}, 240_000);
