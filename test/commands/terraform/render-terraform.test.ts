import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { digest } from "../../../src/model/digest.ts";
import { hclComment, hclLabel, hclString } from "../../../src/commands/terraform/hcl.ts";
import { isOutOfReach } from "../../../src/commands/terraform/out-of-reach.ts";
import type { Pass } from "../../../src/model/pass.ts";
import { renderTerraform } from "../../../src/commands/terraform/render-terraform.ts";
import { createPlan } from "../../../src/plan/create-plan.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  desiredState,
  directory,
  group,
  managedSet,
  management,
  owner,
  permissionSetRecord,
  production,
  recordUrl,
  user,
} from "../../builders.ts";
import { passOf } from "../../report/builders.ts";
import { hostileText } from "../../report/hostile-texts.ts";

const context = { language: "en", recordUrl } as const;

/** The file when what exists is what the pass has seen. */
function render(pass: Pass) {
  const isMeant = isOutOfReach(pass.actual.directory);
  const inPlace = pass.actual.assignments.filter(({ account }) => isMeant(account));
  return renderTerraform(pass, { ...context, inPlace });
}

const rules = {
  owner,
  protected: { accounts: [], principals: [], permissionSets: [] },
  unlistedAssignments: "remove",
  digest,
} as const;

type Values = Parameters<typeof assignmentRecord>[0];

/** A pass over one assignment record, in a company where anna already has ReadOnly in the management account. */
function passWith(values: Values, overrides: Parameters<typeof actualState>[0] = {}) {
  const actual = actualState({
    permissionSets: [managedSet("ReadOnly", { provisionedAccounts: [management] })],
    assignments: [assignmentOf("ReadOnly", management, user("anna"))],
    ...overrides,
  });
  const desired = desiredState({
    permissionSets: [permissionSetRecord()],
    assignments: [assignmentRecord(values)],
    actual,
  });
  return passOf({ actual, desired, plan: createPlan(desired, actual, rules) });
}

interface Terraform {
  readonly resource?: {
    readonly aws_ssoadmin_account_assignment: Readonly<Record<string, readonly Record<string, string>[]>>;
  };
  readonly data?: Readonly<Record<string, Readonly<Record<string, readonly Record<string, unknown>[]>>>>;
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly locals?: readonly Record<string, string>[];
}

async function parsed(text: string): Promise<Terraform> {
  return (await parse("management-account.tf", text)) as Terraform;
}

describe("The Terraform file of the management account", () => {
  it("has a resource for each assignment, with data sources for names and an import for what exists", async () => {
    const file = render(
      passWith({ users: ["anna", "ben"], groups: "Developers", accounts: "Management\nProduction" }),
    );
    const { resource, data, import: imports, locals } = await parsed(file.text);
    const resources = Object.entries(resource?.aws_ssoadmin_account_assignment ?? {});
    expect(resources.map(([label]) => label.replace(/_[0-9a-f]{8}$/u, ""))).toEqual([
      "readonly_anna_example_co_jp",
      "readonly_ben_example_co_jp",
      "readonly_developers",
    ]);
    for (const [, [one]] of resources) expect(one).toMatchObject({ target_id: management });
    expect(Object.keys(data?.["aws_identitystore_user"] ?? {})).toHaveLength(2);
    expect(Object.keys(data?.["aws_identitystore_group"] ?? {})).toHaveLength(1);
    expect(Object.values(data?.["aws_ssoadmin_permission_set"] ?? {})).toMatchObject([
      [{ name: "ReadOnly" }],
    ]);
    expect(locals).toEqual([
      {
        kintone_sso_sync_identity_store_id: "d-1111111111",
        kintone_sso_sync_instance_arn: "arn:aws:sso:::instance/ssoins-1111111111111111",
      },
    ]);
    expect(imports).toEqual([
      {
        to: `\${aws_ssoadmin_account_assignment.${resources[0]?.[0]}}`,
        id: `user-anna,USER,${management},AWS_ACCOUNT,${managedSet("ReadOnly").arn},arn:aws:sso:::instance/ssoins-1111111111111111`,
      },
    ]);
    expect(file).toMatchObject({ assignments: 3, imports: 1, kept: 0, unlisted: 0 });
    expect(file.text).toContain("# kintone record 1: https://example.cybozu.com/k/11/show#record=1");
  });

  it("refers only to what it declares", async () => {
    const { text } = render(
      passWith({ users: ["anna", "ben"], groups: "Developers", accounts: "Management" }),
    );
    const { data } = await parsed(text);
    const declared = Object.entries(data ?? {}).flatMap(([type, labels]) =>
      Object.keys(labels).map((label) => `data.${type}.${label}`),
    );
    const used = new Set([...text.matchAll(/data\.\w+\.\w+/gu)].map(([reference]) => reference));
    expect([...used].toSorted()).toEqual(declared.toSorted());
  });

  it("keeps what exists while its record has an issue, so that applying the file takes nothing away", async () => {
    const file = render(passWith({ users: ["anna", "ghost"], accounts: "Management" }));
    const { resource, import: imports } = await parsed(file.text);
    expect(Object.keys(resource?.aws_ssoadmin_account_assignment ?? {})).toHaveLength(1);
    expect(imports).toHaveLength(1);
    expect(file).toMatchObject({ assignments: 1, kept: 1, unlisted: 0 });
  });

  it("leaves out, and counts, what exists without a record", async () => {
    const file = render(passWith({ users: ["ben"], accounts: "Management" }));
    expect(file).toMatchObject({ assignments: 1, imports: 0, unlisted: 1 });
    expect(file.text).not.toContain("anna");
  });

  it("has what records ask for in the account that the sync runs in", async () => {
    const keyAccounts = { ids: new Set([production]), isOpen: false };
    const values = { users: ["anna", "ben"], accounts: "Management\nProduction\nDevelopment" };
    const file = render(passWith(values, { directory: directory({ keyAccounts }) }));
    const { resource } = await parsed(file.text);
    const blocks = Object.values(resource?.aws_ssoadmin_account_assignment ?? {});
    const targets = new Set(blocks.map(([block]) => block?.["target_id"]));
    expect([blocks.length, targets]).toEqual([4, new Set([production, management])]);
  });

  it("is a file of comments when no record names the management account", async () => {
    const file = render(passWith({ users: ["anna"], accounts: "Production" }, { assignments: [] }));
    expect(await parsed(file.text)).toEqual({});
    expect(file.text).toBe(
      `# No record asks for an assignment in the management account or the sync's own (${management}).\n`,
    );
  });

  it("is the same whatever order users are listed in", () => {
    const one = render(passWith({ users: ["anna", "ben"], accounts: "Management" }));
    const other = render(passWith({ users: ["ben", "anna"], accounts: "Management" }));
    expect(one.text).toBe(other.text);
  });

  it("takes hostile names of groups as data, in any number of them", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (name) => {
        const displayName = `${name}x`.trim();
        const company = directory({ groups: [group(displayName, "group-hostile")] });
        const actual = actualState({ directory: company, permissionSets: [managedSet("ReadOnly")] });
        const assignment = { ...assignmentOf("ReadOnly", management, group(displayName, "group-hostile")) };
        const pass = passOf({
          actual,
          desired: { ...desiredState({ actual }), assignments: [{ ...assignment, records: [] }] },
        });
        const { resource, data } = await parsed(render(pass).text);
        expect(Object.keys(resource?.aws_ssoadmin_account_assignment ?? {})).toHaveLength(1);
        expect(Object.keys(data ?? {}).toSorted()).toEqual([
          "aws_identitystore_group",
          "aws_ssoadmin_permission_set",
        ]);
      }),
      { numRuns: 50, seed: 20_261_120 },
    );
  });
});

it("A Terraform string means the very text, templates and quotes included", async () => {
  for (const text of ['a"b', "a\\b", "${x}", "%{ if true }", "plain 日本語", "a\\${b}\\"]) {
    const { locals } = await parsed(`locals {\n  text = ${hclString(text)}\n}\n`);
    // The parser gives templates back as they are spelled: an escaped one stays escaped.
    expect(locals?.[0]?.["text"]?.replaceAll("$${", "${").replaceAll("%%{", "%{")).toBe(text);
  }
});

it("A Terraform comment or label cannot be left by any text", () => {
  expect(hclComment('a\u2028resource "x" {}\r\u0085')).toBe('# aresource "x" {}');
  expect(hclComment("a\nb")).toBe("# a\n# b");
  expect(hclLabel("9 Admins! ${x}", "0123456789abcdef")).toBe("x_9_admins_x_01234567");
});
