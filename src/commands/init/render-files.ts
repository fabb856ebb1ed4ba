import type { MeasuredTemplate } from "../../importing/measure-template.ts";
import type { MadeAppKind } from "../../model/made-app.ts";
import type { Company } from "./look-at-company.ts";

/** What the files say. */
export interface FileFacts {
  readonly baseUrl: string;
  readonly region: string;
  /** Of an app that is still to be made, anything that shows that. */
  readonly ids: Readonly<Partial<Record<MadeAppKind, number | string>>>;
  /** Undefined when AWS was not looked at. */
  readonly company: Company | undefined;
  readonly template: MeasuredTemplate | undefined;
  /** Group of Identity Center; empty for none. */
  readonly administrators: string;
  /** `owner/name` of the repository and its ids, on a GitHub runner. */
  readonly repository: RepositoryFacts;
}

export interface RepositoryFacts {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly ownerId?: string | undefined;
}

interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

export const configFile = "kintone-sso-sync.yaml";

/** The files that `init` leaves in the folder. No secret is in them; `.env` would hold some, and git must not take it. */
export function renderFiles(facts: FileFacts): readonly WrittenFile[] {
  return [
    { path: configFile, text: renderConfig(facts) },
    { path: ".github/workflows/kintone-sso-sync.yml", text: workflow },
    { path: "aws-role.parameters", text: renderRoleParameters(facts) },
    { path: ".env.example", text: environmentNames },
    { path: ".gitignore", text: "# Holds secrets.\n.env\n" },
  ];
}

function renderConfig({ baseUrl, region, ids, company, template, administrators }: FileFacts): string {
  return [
    "kintone:",
    `  baseUrl: ${baseUrl}`,
    ...appLines(ids),
    "identityCenter:",
    `  region: ${region}`,
    ...(company === undefined ? [] : [`  expectedAccount: "${company.account}"`]),
    principalsLine(template),
    "guardrails:",
    "  default: deny",
    "  rules:",
    "    - { name: ordinary access, effect: allow, administratorClass: false }",
    ...(administrators === ""
      ? []
      : [
          `    - { name: administrators, effect: allow, administratorClass: true, groups: [${JSON.stringify(administrators)}] }`,
        ]),
    "",
  ].join("\n");
}

function appLines({
  permissionSets = 0,
  assignments = 0,
  accounts,
  groups,
  reviews,
}: FileFacts["ids"]): readonly string[] {
  return [
    `  permissionSets: { app: ${permissionSets} }`,
    `  assignments: { app: ${assignments} }`,
    ...(accounts === undefined ? [] : [`  accounts: { app: ${accounts} }`]),
    ...(groups === undefined ? [] : [`  groups: { app: ${groups} }`]),
    ...(reviews === undefined ? [] : [`  reviews: { app: ${reviews} }`]),
  ];
}

function principalsLine(template: MeasuredTemplate | undefined): string {
  const { userMatch = "userName", userTemplate = "{code}" } = template ?? {};
  const match = userMatch === "email" ? ", userMatch: email" : "";
  return `principals: { userTemplate: ${JSON.stringify(userTemplate)}${match} }`;
}

/** As `aws cloudformation deploy --parameter-overrides file://…` takes them. */
function renderRoleParameters({ baseUrl, ids, company, repository }: FileFacts): string {
  const [owner, name] = repository.name?.split("/") ?? [];
  const parameters = {
    InstanceArn: company?.instanceArn,
    Owner: `${new URL(baseUrl).host}/${ids.permissionSets ?? 0}`,
    ManagementAccount: company?.managementAccount,
    // As long as the import lasts: it takes sets over, which nothing else does.
    TakeOver: "true",
    GitHubOwner: owner,
    GitHubOwnerId: repository.ownerId,
    GitHubRepository: name,
    GitHubRepositoryId: repository.id,
  };
  const list = Object.entries(parameters).map(([key, value]) => `${key}=${value ?? ""}`);
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** The workflow that calls the one of this project, as docs/github-actions.md has it. */
const workflow = `# Replace OWNER and COMMIT with the place and the commit of the release that you use.
name: kintone-sso-sync
on:
  schedule: [{ cron: "3-59/10 * * * *" }]
  workflow_dispatch:
    inputs: { approve: { type: string }, plan-only: { type: boolean } }
  issue_comment: { types: [created] }
permissions: {}
jobs:
  sync:
    uses: OWNER/kintone-sso-sync/.github/workflows/sync.yml@COMMIT # v0.1.0
    permissions: { contents: read, id-token: write, issues: write }
    with: { environment: "\${{ vars.SYNC_ENVIRONMENT }}", issue: "\${{ vars.SYNC_ISSUE }}", approve: "\${{ inputs.approve }}", plan-only: "\${{ inputs.plan-only == true }}" }
    secrets: inherit # GitHub keeps an environment's secrets from a called workflow otherwise
`;

const environmentNames = `# API tokens of both record apps, separated by a comma. Never commit them.
KINTONE_API_TOKEN=
# Of the apps that list accounts and groups, each for its app alone.
KINTONE_ACCOUNTS_API_TOKEN=
KINTONE_GROUPS_API_TOKEN=
# Of the app in which access is reviewed.
KINTONE_REVIEWS_API_TOKEN=
# In CI, the role of infra/aws-role.yaml; on your own computer, a profile.
AWS_ROLE_ARN=
AWS_PROFILE=
# Of a bot with chat:write, where operators are told in Slack.
SLACK_BOT_TOKEN=
SLACK_CHANNEL=
`;
