import type { Config } from "../../src/model/config.ts";
import type { Account, Directory, Group, ManagedPolicy, User } from "../../src/model/directory.ts";
import { type AccountId, accountId, permissionSetName, principalId } from "../../src/model/ids.ts";
import { loadValid } from "../config/loading.ts";

export const owner = "simulation";
export const permissionSetApp = 10;
export const assignmentApp = 11;

/** Accounts by name. Vault is protected, and nothing is ever written in Management. */
export const accountIds: Readonly<Record<string, AccountId>> = {
  Management: accountId("111111111111"),
  Production: accountId("222222222222"),
  Staging: accountId("333333333333"),
  Development: accountId("444444444444"),
  Vault: accountId("555555555555"),
};
export const userCodes = ["anna", "ben", "chie", "dai", "breakglass"] as const;
export const groupNames = ["Developers", "Auditors"] as const;
const auditorCodes = ["dai"] as const;
/** What records name in the simulation; a name that no record has at the moment is free for a rename. */
export const setNames = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"] as const;
export const policyNames = ["ReadOnlyAccess", "SecurityAudit", "Billing", "AdministratorAccess"] as const;
/** A managed set that the configuration protects, and one that somebody else made. */
export const protectedSet = "Emergency";
export const foreignSet = "ControlTower";
export const protectedUser = "breakglass";

export function managedPolicyArn(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

export function userName(code: string): string {
  return `${code}@example.co.jp`;
}

/** What the company's guardrails are; existing access that they deny stays, unless they are enforced. */
export const rulebooks = ["none", "reported", "enforced", "denying"] as const;
export type Rulebook = (typeof rulebooks)[number];

const denials = `
    - { name: no administrators in production, effect: deny, administratorClass: true, accounts: [Production] }
    - { name: no auditors in development, effect: deny, groups: [Auditors], accounts: [Development] }`;

/** The part of the configuration file. */
const ruleTexts: Readonly<Record<Rulebook, string>> = {
  none: "",
  reported: `guardrails:\n  rules:${denials}\n`,
  enforced: `guardrails:\n  enforce: true\n  rules:${denials}\n`,
  denying: `guardrails:
  default: deny
  rules:${denials}
    - { name: outside production, effect: allow, accounts: [Staging, Development] }
    - { name: whoever has Alpha, effect: allow, permissionSets: [Alpha] }
`,
};

/** Small limits, so that a few records are enough to break them. */
const configText = `
kintone:
  baseUrl: https://example.cybozu.com
  permissionSets: { app: ${permissionSetApp} }
  assignments: { app: ${assignmentApp} }
identityCenter: { region: ap-northeast-1 }
principals: { userTemplate: "{code}@example.co.jp" }
protected:
  accounts: ["${accountIds["Vault"]}"]
  principals: ["${userName(protectedUser)}"]
  permissionSets: ["${protectedSet}"]
guards:
  maxDeletions: 2
  maxDeletionRatio: 0.25
  maxUsersLosingAllAccess: 1
  maxRecordShrink: 0.5
  maxDeletionsPerDay: 4
  maxDeletionRatioPerDay: 0.4
  maxAdminGrants: 2
owner: ${owner}
`;

export const configs: Readonly<Record<Rulebook, Config>> = {
  none: configWith("none"),
  reported: configWith("reported"),
  enforced: configWith("enforced"),
  denying: configWith("denying"),
};

/** What does not depend on the guardrails. */
export const config: Config = configs.none;

function configWith(rulebook: Rulebook): Config {
  return loadValid({ text: `${configText}${ruleTexts[rulebook]}` }).config;
}

/** The people and accounts that AWS knows; who goes and who comes back is somebody else. */
export interface DirectoryTwin {
  readonly directory: () => Directory;
  readonly removeUser: (code: string) => void;
  /** Back under the same user name, as another principal. */
  readonly restoreUser: (code: string) => void;
  readonly setEnabled: (code: string, enabled: boolean) => void;
  readonly removeGroup: (name: string) => void;
  readonly restoreGroup: (name: string) => void;
  readonly setAccountState: (name: string, state: Account["state"]) => void;
}

export function createDirectoryTwin(): DirectoryTwin {
  let births = 0;
  const users = new Map<string, User>(userCodes.map((code) => [code, bornUser(code, births)]));
  const groups = new Map<string, Group>(groupNames.map((name) => [name, bornGroup(name, births)]));
  const accounts = new Map<string, Account>(
    Object.entries(accountIds).map(([name, id]) => [name, { id, name, state: "ACTIVE" }]),
  );
  const managedPolicies: readonly ManagedPolicy[] = policyNames.map((name) => {
    return { name, arn: managedPolicyArn(name) };
  });
  return {
    directory: () => ({
      managementAccount: accountIds["Management"] ?? accountId(""),
      keyAccounts: { ids: new Set(), isOpen: false },
      accounts: [...accounts.values()],
      users: [...users.values()],
      groups: [...groups.values()],
      managedPolicies,
      memberships: membershipsOf(users, groups.get("Auditors")),
    }),
    removeUser: (code) => void users.delete(code),
    restoreUser: (code) => void users.set(code, bornUser(code, (births += 1))),
    setEnabled: (code, enabled) => {
      const user = users.get(code);
      if (user !== undefined) users.set(code, { ...user, enabled });
    },
    removeGroup: (name) => void groups.delete(name),
    restoreGroup: (name) => void groups.set(name, bornGroup(name, (births += 1))),
    setAccountState: (name, state) => {
      const account = accounts.get(name);
      if (account !== undefined) accounts.set(name, { ...account, state });
    },
  };
}

function membershipsOf(
  users: ReadonlyMap<string, User>,
  auditors: Group | undefined,
): Directory["memberships"] {
  if (auditors === undefined) return new Map();
  const members = auditorCodes.flatMap((code) => users.get(code)?.id ?? []);
  return new Map([[auditors.id, new Set(members)]]);
}

function bornUser(code: string, birth: number): User {
  const address = userName(code);
  const id = principalId(`user-${code}-${birth}`);
  return { id, userName: address, emails: [address], enabled: true, externalIds: [`scim ${code}`] };
}

function bornGroup(displayName: string, birth: number): Group {
  return { id: principalId(`group-${displayName}-${birth}`), displayName };
}

export function setNamed(name: string): ReturnType<typeof permissionSetName> {
  return permissionSetName(name);
}
