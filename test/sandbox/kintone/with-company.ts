import { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { onTestFinished, vi } from "vitest";

import type { KintoneSeed } from "../../../src/sandbox/kintone/kintone-seed.ts";
import {
  type KintoneSandbox,
  startKintoneSandbox,
} from "../../../src/sandbox/kintone/start-kintone-sandbox.ts";

const COMPANY: KintoneSeed = {
  users: [
    { code: "sato", name: "佐藤 花子", password: "secret", groups: ["approvers"] },
    { code: "suzuki", name: "鈴木 一郎", password: "secret" },
    { code: "tanaka", name: "田中 次郎", password: "secret", mayCreateApps: false, administrator: true },
    { code: "smith", name: "Smith", password: "secret", language: "en" },
    { code: "kato", name: "加藤", password: "secret", twoFactor: true },
  ],
  groups: [{ code: "approvers", name: "承認者" }],
  spaces: [
    { id: 3, name: "情報システム", defaultThread: 30, members: ["sato"] },
    { id: 4, name: "委託先", defaultThread: 40, members: ["sato"], isGuest: true },
  ],
  apps: [],
};

/** A domain without an app, for one test. */
export async function startCompany(
  more: Partial<KintoneSeed> = {},
  now: () => Date = () => new Date(),
): Promise<KintoneSandbox> {
  const sandbox = await startKintoneSandbox({ seed: { ...COMPANY, ...more }, now });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The official client of a person. */
export function signIn(
  { url }: KintoneSandbox,
  username: string,
  more: { guestSpaceId?: number } = {},
): KintoneRestAPIClient {
  return new KintoneRestAPIClient({
    baseUrl: url,
    auth: { username, password: "secret" },
    proxy: false,
    ...more,
  });
}

/** The official client of a token. */
export function useToken({ url }: KintoneSandbox, ...apiToken: string[]): KintoneRestAPIClient {
  return new KintoneRestAPIClient({ baseUrl: url, auth: { apiToken }, proxy: false });
}

/** Deploys and waits until what was waiting is live. */
export async function deploy(client: KintoneRestAPIClient, app: string): Promise<void> {
  const { revision } = await client.app.getFormFields({ app, preview: true });
  await client.app.deployApp({ apps: [{ app }] });
  await vi.waitFor(async () => {
    const live = await client.app.getFormFields({ app });
    if (live.revision !== revision) throw new Error("not live yet");
  }, 5000);
}

/** An app with a unique name and a note, live. */
export async function makeAccounts(client: KintoneRestAPIClient): Promise<string> {
  const { app } = await client.app.addApp({ name: "AWSアカウント" });
  await client.app.addFormFields({
    app,
    properties: {
      account_id: { type: "SINGLE_LINE_TEXT", code: "account_id", label: "アカウントID", unique: true },
      state: {
        type: "DROP_DOWN",
        code: "state",
        label: "状態",
        options: { ACTIVE: { label: "ACTIVE", index: "0" }, CLOSED: { label: "CLOSED", index: "1" } },
      },
    },
  });
  await deploy(client, app);
  return app;
}
