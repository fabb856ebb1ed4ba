import type { Config } from "../model/config.ts";
import type { FieldMapping } from "../model/fields.ts";
import { accountId } from "../model/ids.ts";
import { type ConfigFileContents, defaultMaxAdminGrants, defaultMaxDeletions } from "./config-file-schema.ts";
import { defaultOwner } from "./default-owner.ts";
import type { Environment } from "../model/environment.ts";
import { variable } from "../model/environment.ts";
import { guessLanguage } from "./guess-language.ts";

/** Brings valid contents into the one form that the rest of the program knows. */
export function normaliseConfig(contents: ConfigFileContents, environment: Environment): Config {
  const {
    kintone,
    principals,
    unlistedAssignments,
    guards,
    comments,
    notify,
    memory,
    audit,
    pace,
    timezone,
  } = contents;
  const { port, host, trustProxy, schedule, intervalMinutes, lease, pages, signInHeader } = contents.serve;
  const baseUrl = new URL(kintone.baseUrl);
  const slack = normaliseSlack(contents, environment);
  return {
    kintone: normaliseKintone(kintone, baseUrl),
    identityCenter: normaliseIdentityCenter(contents.identityCenter),
    principals,
    unlistedAssignments,
    protected: { ...contents.protected, accounts: contents.protected.accounts.map(accountId) },
    guards: normaliseGuards(guards),
    targets: contents.targets,
    guardrails: contents.guardrails,
    ...(contents.readOnly !== undefined && { readOnly: contents.readOnly }),
    comments,
    ...(contents.approval.separate && { approval: { people: contents.approval.people } }),
    notify,
    ...(memory !== undefined && { memory }),
    ...(audit !== undefined && { audit }),
    pace,
    ...(slack && { slack }),
    serve: {
      when:
        schedule === undefined ? { kind: "interval", minutes: intervalMinutes } : { kind: "cron", schedule },
      port,
      host,
      trustProxy,
      lease,
      pages,
      ...(signInHeader !== undefined && { signInHeader }),
    },
    language: contents.language ?? guessLanguage(environment, kintone.baseUrl),
    timezone,
    owner: contents.owner ?? defaultOwner(baseUrl, kintone.permissionSets.app),
  };
}

/** In a small company the default count of deletions would be nearly everything; a count that was raised is meant. */
function normaliseGuards({
  maxShareOfAll,
  maxAdminGrantsPerDay,
  ...guards
}: ConfigFileContents["guards"]): Config["guards"] {
  return {
    ...guards,
    maxShareOfAll: maxShareOfAll ?? (guards.maxDeletions > defaultMaxDeletions ? 1 : 0.5),
    maxAdminGrantsPerDay: maxAdminGrantsPerDay ?? Math.max(defaultMaxAdminGrants, guards.maxAdminGrants),
  };
}

function normaliseKintone(kintone: ConfigFileContents["kintone"], baseUrl: URL): Config["kintone"] {
  return {
    baseUrl: baseUrl.origin,
    ...(kintone.guestSpaceId !== undefined && { guestSpaceId: kintone.guestSpaceId }),
    permissionSets: { app: kintone.permissionSets.app },
    assignments: { app: kintone.assignments.app },
    ...(kintone.accounts && { accounts: { app: kintone.accounts.app } }),
    ...(kintone.groups && { groups: { app: kintone.groups.app } }),
    ...(kintone.reviews && { reviews: { app: kintone.reviews.app } }),
    // The schema is built from the same field definitions, with a default for each.
    fields: {
      permissionSets: kintone.permissionSets.fields as FieldMapping["permissionSets"],
      assignments: kintone.assignments.fields as FieldMapping["assignments"],
    },
    ...((kintone.permissionSets.gate ?? kintone.assignments.gate) && {
      gates: {
        ...(kintone.permissionSets.gate && { permissionSets: kintone.permissionSets.gate }),
        ...(kintone.assignments.gate && { assignments: kintone.assignments.gate }),
      },
    }),
    query: kintone.query,
  };
}

function normaliseIdentityCenter(contents: ConfigFileContents["identityCenter"]): Config["identityCenter"] {
  const { region, instanceArn, portalUrl, expectedAccount } = contents;
  return {
    region,
    ...(instanceArn !== undefined && { instanceArn }),
    ...(expectedAccount !== undefined && { expectedAccount: accountId(expectedAccount) }),
    allowManagementAccount: contents.allowManagementAccount,
    allowOwnAccount: contents.allowOwnAccount,
    memoryAccounts: contents.memoryAccounts.map(accountId),
    // What a browser shows ends in `/#/`; links are built on what comes before.
    ...(portalUrl !== undefined && { portalUrl: portalUrl.replace(/#.*$/, "").replace(/\/+$/, "") }),
  };
}

function normaliseSlack(contents: ConfigFileContents, environment: Environment): Config["slack"] {
  const channel = contents.slack?.channel;
  if (channel === undefined) return undefined;
  const apiUrl = variable(environment, "SLACK_API_URL");
  return { channel, ...(apiUrl !== undefined && { apiUrl }) };
}
