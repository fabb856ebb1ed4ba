import type { Config } from "../model/config.ts";
import type { Instance } from "../model/actual-state.ts";

/** The access portal's address: the configured one, or the one every instance has. */
export function portalUrl(config: Config["identityCenter"], instance: Instance): string {
  return config.portalUrl ?? `https://${instance.identityStoreId}.awsapps.com/start`;
}

/** A link that opens the console of an account with a permission set. https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html */
export function portalLink(portal: string, account: string, permissionSet: string): string {
  const query = `account_id=${encodeURIComponent(account)}&role_name=${encodeURIComponent(permissionSet)}`;
  return `${portal}/#/console?${query}`;
}
