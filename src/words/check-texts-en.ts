import type { CheckTexts } from "./check-texts.ts";
import { classRulesTexts } from "./class-rules-texts.ts";
import { memoryTexts } from "./memory-texts.ts";
import { showValues } from "./show-value.ts";

const inApp = (app: number): string => `In the settings of app ${app}`;
const updateApp = "save, and press Update App";

/** What doctor says, in English. */
const memoryPlaces =
  "The role's template and its Terraform module make a bucket for it: set memory, or KINTONE_SSO_SYNC_MEMORY, to their output Memory (s3://…/memory.json). In Docker and Kubernetes a file on a volume that stays does as well.";

export const checkTextsEn: CheckTexts = {
  titles: {
    config: "Configuration",
    guardrails: "Guardrails",
    "class-rules": "Administrator class",
    token: "rights",
    gate: "approval",
    node: "Node.js",
    memory: "Memory",
    version: "New version",
    app: "access",
    fields: "fields",
    comments: "comments",
    "key-field": "name field",
    records: "records",
    "aws-identity": "AWS account and role",
    "aws-organization": "AWS Organizations",
    "aws-instance": "IAM Identity Center",
    "aws-reads": "Permissions that read",
    "aws-writes": "Permissions that write",
    "aws-analyzer": "IAM Access Analyzer",
    "slack-token": "Slack token",
    "slack-scopes": "Slack scopes",
    "slack-channel": "Slack channel",
    "oidc-token": "Trust of the CI job",
  },
  names: {
    users: "People in records",
    groups: "Groups in records",
    accounts: "AWS accounts in records",
    policies: "AWS managed policies in records",
  },
  folded: {
    passed: (actions) => `Permissions that read: all ${actions} that were tried are allowed.`,
    skipped: (actions) => `${actions} more: not tried, there is no permission set yet to try them on.`,
    failed: (actions) => `${actions} denied.`,
  },
  apps: { permissionSets: "Permission-set app", assignments: "Assignment app" },
  after: (title) => `not looked at, because of “${title}”.`,
  next: {
    mend: "Put right what has a ✗, and run the command again.",
    import:
      "Next: kintone-sso-sync import, which shows what exists as records; or add the first records in kintone.",
    plan: "Next: kintone-sso-sync plan, which shows what a sync would do and writes nothing.",
  },
  summary: (failed, skipped) =>
    `${failed === 0 ? "Everything that was looked at is as it should be" : `${failed} to put right`}${skipped === 0 ? "" : `; ${skipped} not looked at`}.`,
  findings: {
    "version.new": ({ before, now, changes }) => {
      const message = `${now}; the last sync was by ${before}.`;
      if (changes === 0) return { message: `${message} It plans nothing differently.` };
      return {
        message,
        hint: `The first sync asks about ${changes === 1 ? "1 change" : `${changes} changes`} that only this version plans (exit code 3); kintone-sso-sync plan lists them.`,
      };
    },
    "config.valid": () => ({ message: "valid." }),
    "node.current": ({ version }) => ({ message: `${version}.` }),
    "node.ends": ({ version }) => ({
      message: `${version} works until January 2027, when the AWS SDK drops Node.js 20.`,
      hint: "Move to Node.js 24, which the action and the image have.",
    }),
    "memory.none": () => ({
      message:
        "none is configured: the limits per day are missing, forged tags of a permission set go unnoticed, and an approval can be used twice.",
      hint: memoryPlaces,
    }),
    "memory.nothing-yet": () => ({ message: "configured, and empty: the first sync begins it." }),
    "memory.lost": ({ loss }) => ({
      message: `what is there does not count: ${memoryTexts("en").losses[loss]}.`,
      hint: "The next sync goes on without it and begins a new one where it may write: until then the limits per day begin anew. For S3, the role needs s3:GetObject and s3:PutObject on the object and s3:ListBucket on its bucket (infra/).",
    }),
    "memory.gone-after-the-job": () => ({
      message: "a file on a machine that is thrown away after the job: every pass is without a memory.",
      hint: memoryPlaces,
    }),
    "memory.own-key": () => ({ message: "configured, and signed with KINTONE_SSO_SYNC_MEMORY_KEY." }),
    "memory.credentials": () => ({
      message:
        "configured, and signed with kintone's credentials, which the apps' administrators can see. KINTONE_SSO_SYNC_MEMORY_KEY would sign it with a key of its own.",
    }),
    "app.readable": ({ app, name }) => ({ message: `app ${app}, “${name}”, can be read.` }),
    "fields.usable": ({ app, count }) => ({
      message: `all ${count} configured fields of app ${app} are there, of types that can be read.`,
    }),
    "comments.on": ({ app }) => ({ message: `switched on in app ${app}.` }),
    "comments.off": ({ app }) => ({
      message: `switched off in app ${app}: authors cannot be told of their mistakes.`,
      hint: `${inApp(app)}, under Advanced Settings, switch comments on, ${updateApp}. If that is intended, set comments to off in the configuration.`,
    }),
    "comments.unknown": ({ app }) => ({
      message: `app ${app} shows neither its settings to this token nor a record to try them on.`,
      hint: `${inApp(app)}, under Advanced Settings, see that comments are on.`,
    }),
    "comments.not-wanted": () => ({ message: "not used (comments: off)." }),
    "name.unique": ({ code }) => ({ message: `“${code}” forbids duplicates.` }),
    "name.not-unique": ({ app, code }) => ({
      message: `“${code}” allows duplicates: two records could give one name to different permission sets, and both would be held.`,
      hint: `${inApp(app)}, open the field “${code}”, tick Prohibit duplicate values, ${updateApp}.`,
    }),
    "name.no-unique-type": ({ app, code }) => ({
      message: `“${code}” is of a type that cannot forbid duplicates: two records could give one name to different permission sets.`,
      hint: `Use a field of the type Text for the name in app ${app}, and tick Prohibit duplicate values.`,
    }),
    "lookup.right": ({ code }) => ({ message: `“${code}” is a lookup of the permission-set app's name.` }),
    "lookup.none": ({ code }) => ({
      message: `“${code}” is no lookup: authors type the name, and are told when it does not exist.`,
    }),
    "lookup.elsewhere": ({ app, code, found, wanted }) => ({
      message: `“${code}” looks up ${found} instead of ${wanted}.`,
      hint: `${inApp(app)}, open the field “${code}”, choose ${wanted} as its source, ${updateApp}.`,
    }),
    "gate.none": () => ({ message: "none asked for; the query does not stand in for it." }),
    "gate.closed": ({ code }) => ({ message: `“${code}” tells, and authors cannot edit it.` }),
    "gate.open": ({ app, code }) => ({
      message: `whoever can edit a record can edit “${code}” as well, and so approve it.`,
      hint: `Use the status of process management. Or, ${inApp(app).replace("In", "in")}, under Permissions for Fields, let only approvers edit “${code}”, ${updateApp}.`,
    }),
    "gate.unseen": ({ app, code }) => ({
      message: `nobody can tell here whether authors can edit “${code}”: these credentials may not look at permissions of fields.`,
      hint: `Use the status of process management. Or run doctor once with the name and password of an administrator of app ${app}.`,
    }),
    "gate.status-in-query": ({ key, code }) => ({
      message: `${key} names the status field “${code}”: a record that leaves the query counts as deleted, and its access goes at once.`,
      hint: `Take “${code}” out of the query, and set a gate, which keeps what was approved.`,
    }),
    "guardrails.limit": () => ({ message: "limit who can become administrator by a record." }),
    "guardrails.open": () => ({
      message: "there are none for administrators: whoever can add a record can become administrator.",
      hint: "Set guardrails in the configuration, for example default: deny with a rule that allows administratorClass: false; kintone-sso-sync init writes them.",
    }),
    "class-rules.none": ({ number }) => ({
      message: `rules ${number}; no access that exists waits for a person because of them.`,
    }),
    "class-rules.held": ({ number, accepted, sets }) => ({
      message: `rules ${number}, accepted ${accepted}. ${classRulesTexts("en").found(sets)}`,
      hint: classRulesTexts("en").accept(number),
    }),
    "token.narrow": ({ app }) => ({ message: `cannot change the settings of app ${app}, as it should be.` }),
    "token.manages": ({ app }) => ({
      message: `can also change the settings and permissions of app ${app}, which nothing here needs.`,
      hint: `${inApp(app)}, under API Token, untick everything but View records, ${updateApp}; with a password, use tokens instead.`,
    }),
    "names.found": ({ of }) => ({ message: of === 0 ? "none yet." : `${of} of ${of} found.` }),
    "names.missing": ({ found, of, examples, userTemplate, userMatch, wouldFind }) => ({
      message: `${found} of ${of} found; not, for example, ${showValues(examples, (text) => `“${text}”`).join(", ")}.`,
      ...(wouldFind === undefined
        ? {}
        : {
            hint: `principals.${userMatch === undefined ? `userTemplate: "${userTemplate ?? ""}"` : `userMatch: ${userMatch}`} would find ${wouldFind}.`,
          }),
    }),
    "records.counted": ({ app, count }) => ({
      message: `${count} in app ${app}${count === 0 ? "; while an app has none, nothing is ever removed" : ""}.`,
    }),
    "aws.caller": ({ account, arn }) => ({ message: `account ${account}, ${arn}.` }),
    "aws.caller-open": ({ account, arn }) => ({
      message: `account ${account}, ${arn}. identityCenter.allowOwnAccount is on: records may give access to this account, in which the sync itself could be changed.`,
    }),
    "aws.organization": ({ managementAccount, accounts }) => ({
      message: `answers this account; ${accounts} accounts, management account ${managementAccount}.`,
    }),
    "aws.instance": ({ instanceArn, region }) => ({ message: `${instanceArn}, primary Region ${region}.` }),
    "aws.allowed": () => ({ message: "allowed." }),
    "aws.no-permission-set": () => ({
      message: "not tried: there is no permission set yet to try it on.",
    }),
    "aws.writes-untried": () => ({
      message: "not tried: no call of that kind is harmless.",
      hint: "Compare the role's policy with docs/aws-role.md; a denied write is told with the action that is missing.",
    }),
    "aws.analyzer-unavailable": ({ reason }) => ({
      message: `not available (${reason}): policies are not checked before AWS takes them.`,
      hint: "Allow the role access-analyzer:ValidatePolicy; if it is allowed, look for a service control policy that denies it. A pass goes on without it.",
    }),
    "slack.not-configured": () => ({ message: "not used (no slack.channel)." }),
    "slack.token": ({ team, user }) => ({ message: `${user} in ${team}.` }),
    "slack.refused": ({ reason }) => ({
      message: `Slack refuses it: ${reason}.`,
      hint: "Set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-…) on the page OAuth & Permissions of the app at api.slack.com. When no answer came, check the network and the proxy.",
    }),
    "slack.scopes": ({ scopes }) => ({ message: `${scopes}.` }),
    "slack.scopes-missing": ({ missing }) => ({
      message: `missing: ${missing}.`,
      hint: "Add the scopes on the page OAuth & Permissions of the app at api.slack.com, and reinstall the app to the workspace.",
    }),
    "slack.joined": ({ name }) => ({ message: `#${name}, of which the bot is a member.` }),
    "slack.open": ({ name }) => ({ message: `#${name}, to which chat:write.public lets the bot write.` }),
    "slack.not-joined": ({ name }) => ({
      message: `the bot is no member of #${name}.`,
      hint: `Invite it: write /invite and the bot's name in #${name}.`,
    }),
    "slack.archived": ({ name }) => ({
      message: `#${name} is archived.`,
      hint: "Unarchive it, or set slack.channel (SLACK_CHANNEL) to another one.",
    }),
    "slack.not-found": ({ channel }) => ({
      message: `the bot sees no channel ${channel}.`,
      hint: "Set slack.channel (SLACK_CHANNEL) to the channel's id, at the bottom of its details in Slack. A private channel is seen only after the bot was invited.",
    }),
    "slack.unseen": () => ({
      message: "not looked at: that takes the scope channels:read (groups:read for a private channel).",
      hint: "Invite the bot to the channel; the first message shows whether it arrives.",
    }),
    "oidc.none": () => ({ message: "not looked at: this is no CI job that can ask for a token." }),
    "oidc.token": ({ iss, sub, aud }) => ({ message: `iss ${iss}, sub ${sub}, aud ${aud}.` }),
  },
};
