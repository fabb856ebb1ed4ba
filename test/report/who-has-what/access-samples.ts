import type { AccessLine, AccessReport, AccessSet } from "../../../src/model/access-report.ts";
import { countAccess } from "../../../src/report/who-has-what/build-access-report.ts";

function accessReport(access: readonly AccessLine[], permissionSets: readonly AccessSet[]): AccessReport {
  return {
    schemaVersion: 1,
    asOf: "2026-11-20T09:00:00.000Z",
    instanceArn: "arn:aws:sso:::instance/ssoins-1",
    owner: "example.cybozu.com/10",
    filters: {},
    ...countAccess(access, permissionSets),
    access,
    permissionSets,
    exceptions: {
      disabledWithAccess: [],
      orphans: [],
      setsWithoutPeople: [],
      accountsWithoutPeople: [],
      emptyGroups: [],
    },
  };
}

function setOf(name: string, isAdministrator = false): AccessSet {
  return {
    name,
    isManaged: true,
    class: isAdministrator ? "administrator" : "ordinary",
    why: isAdministrator ? ["arn:aws:iam::aws:policy/AdministratorAccess"] : [],
    sessionDurationSeconds: 3_600,
    definition: {
      attributes: { sessionDurationSeconds: 3_600 },
      managedPolicies: [],
      customerManagedPolicies: [],
    },
    accounts: 1,
  };
}

/** One person with one access, each with the text for its name. */
export function namedAccessReport(text: string): AccessReport {
  const user = { id: "user-1", userName: text, displayName: text, email: text, enabled: true };
  const line: AccessLine = {
    account: "222222222222",
    accountName: text,
    accountState: "ACTIVE",
    permissionSet: text,
    class: "ordinary",
    user,
    principal: { type: "GROUP", id: "group-1", name: text },
    standing: "records",
    records: [{ name: "11#1", url: "https://example.cybozu.com/k/11/show#record=1", editor: text }],
  };
  return accessReport([line], [setOf(text)]);
}

/** A company as large as the largest that the page is for. */
export function bigAccessReport(): AccessReport {
  const sets = Array.from({ length: 200 }, (_, index) => setOf(`Set${index}`, index % 20 === 0));
  const access = Array.from({ length: 20_000 }, (_, index): AccessLine => {
    // No access twice: account and set repeat, and then the person is another one.
    const [account, person] = [index % 500, (index * 7 + Math.floor(index / 3_000)) % 3_000];
    const set = sets[(index * 13) % 200] ?? setOf("Set0");
    const id = `user-${person}`;
    return {
      account: String(100_000_000_000 + account),
      accountName: `Account ${account}`,
      accountState: "ACTIVE",
      permissionSet: set.name,
      class: set.class,
      user: { id, userName: `${id}@example.co.jp`, displayName: `利用者 ${person}`, enabled: true },
      principal: { type: "USER", id, name: `${id}@example.co.jp` },
      standing: "records",
      records: [
        { name: `11#${index % 900}`, url: `https://example.cybozu.com/k/11/show#record=${index % 900}` },
      ],
    };
  });
  return accessReport(access, sets);
}
