import type { Sandbox } from "../../sandbox/start-sandbox.ts";

/** How the sample company's login names become user names in Identity Center. */
const userTemplate = "{code}@example.co.jp";

/** Everything a pass against the sandbox needs in its environment. */
export function sandboxEnvironment(sandbox: Sandbox): Readonly<Record<string, string>> {
  return { ...sandbox.environment, KINTONE_SSO_SYNC_USER_TEMPLATE: userTemplate };
}

/** What would lead to other services; AWS_SDK_JS_ are switches of the SDK itself. */
const foreignVariable = /^(AWS_(?!SDK_JS_)|KINTONE_|SLACK_|(HTTPS?|ALL|NO)_PROXY$)/iu;

/** Makes this process talk to the sandbox and to nothing else, whatever its environment named before. */
export function enterSandbox(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env).filter((key) => foreignVariable.test(key))) {
    delete process.env[name];
  }
  Object.assign(process.env, environment);
}
