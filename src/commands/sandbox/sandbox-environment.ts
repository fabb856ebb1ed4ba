import type { Environment } from "../../model/environment.ts";
import type { Surroundings } from "../../process/process-face.ts";

/** How the sample company's login names become user names in Identity Center. */
const userTemplate = "{code}@example.co.jp";

/** Everything a pass against the sandbox needs in its environment. */
export function sandboxEnvironment(sandbox: {
  readonly environment: Environment;
}): Readonly<Record<string, string>> {
  return { ...sandbox.environment, KINTONE_SSO_SYNC_USER_TEMPLATE: userTemplate };
}

/** What would lead to other services; AWS_SDK_JS_ are switches of the SDK itself. */
const foreignVariable = /^(AWS_(?!SDK_JS_)|KINTONE_|SLACK_|(HTTPS?|ALL|NO)_PROXY$)/iu;

/** The surroundings of a pass that talks to the sandbox and to nothing else, whatever the environment named before. */
export function enterSandbox<Around extends Surroundings>(
  around: Around,
  sandbox: { readonly environment: Environment },
): Around {
  const kept = Object.entries(around.environment).filter(([name]) => !foreignVariable.test(name));
  const environment = { ...Object.fromEntries(kept), ...sandboxEnvironment(sandbox) };
  return { ...around, environment, usesProxies: false };
}
