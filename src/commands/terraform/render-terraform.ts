import { digest } from "../../model/digest.ts";
import { type Assignment, assignmentKey } from "../../model/assignment.ts";
import type { Language } from "../../model/config.ts";
import { groupBy } from "../../model/group-by.ts";
import type { Pass } from "../../model/pass.ts";
import type { RecordRef } from "../../model/record.ts";
import { hclString, hclComment, hclLabel } from "./hcl.ts";
import { isOutOfReach, listOutOfReach } from "./out-of-reach.ts";
import { terraformTexts } from "../../words/terraform-texts.ts";

/** What a Terraform file says about the accounts that are out of the sync's reach, and what its reader has to know. */
export interface TerraformFile {
  readonly text: string;
  readonly assignments: number;
  readonly imports: number;
  /** Existing assignments that are kept because their record cannot be trusted now. */
  readonly kept: number;
  /** Existing assignments of managed sets that no record asks for: left out, so Terraform does not know them. */
  readonly unlisted: number;
}

interface Entry {
  readonly assignment: Assignment;
  readonly records: readonly RecordRef[];
  readonly kept: boolean;
}

export interface TerraformContext {
  /** What exists in those accounts, read live. */
  readonly inPlace: readonly Assignment[];
  readonly language: Language;
  readonly recordUrl: (record: RecordRef) => string;
}

/**
 * The records' assignments in the management account and the sync's own as Terraform: resources, the data sources they need, and an import
 * block for each that is there already. What an untrusted record may have granted stays in the file, so that applying it
 * takes nothing away by mistake. https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/ssoadmin_account_assignment.html.markdown
 */
export function renderTerraform(pass: Pass, context: TerraformContext): TerraformFile {
  const { instance, directory } = pass.actual;
  const { inPlace } = context;
  const existing = new Set(inPlace.map(assignmentKey));
  const entries = [...desiredEntries(pass), ...keptEntries(pass, inPlace)];
  const writable = entries
    .filter(({ assignment }) => principalName(pass, assignment) !== undefined)
    .toSorted((a, b) => (assignmentKey(a.assignment) < assignmentKey(b.assignment) ? -1 : 1));
  const written = new Set(writable.map(({ assignment }) => assignmentKey(assignment)));
  const arns = new Map<string, string>(pass.actual.permissionSets.map(({ name, arn }) => [name, arn]));
  const blocks = writable.flatMap((entry) => {
    const { assignment } = entry;
    const arn = arns.get(assignment.permissionSet);
    const exists = existing.has(assignmentKey(assignment)) && arn !== undefined;
    const importId = `${assignment.principal.id},${assignment.principal.type},${assignment.account},AWS_ACCOUNT,${arn ?? ""},${instance.arn}`;
    return [
      resourceBlock(entry, pass, context),
      ...(exists ? [importBlock(labelOf(assignment, pass), importId)] : []),
    ];
  });
  const texts = terraformTexts(context.language);
  const accounts = listOutOfReach(directory);
  const managed = new Set(pass.actual.permissionSets.flatMap((set) => (set.managed ? [set.name] : [])));
  const header = hclComment(writable.length === 0 ? texts.empty(accounts) : texts.header(accounts));
  const sources = writable.length === 0 ? [] : dataSources(writable, pass);
  return {
    text: `${[header, ...sources, ...blocks].join("\n\n")}\n`,
    assignments: writable.length,
    imports: writable.filter(({ assignment }) => existing.has(assignmentKey(assignment))).length,
    kept: writable.filter(({ kept }) => kept).length,
    unlisted: inPlace.filter((one) => managed.has(one.permissionSet) && !written.has(assignmentKey(one)))
      .length,
  };
}

function desiredEntries({ desired, actual }: Pass): readonly Entry[] {
  return desired.assignments
    .filter(({ account }) => isOutOfReach(actual.directory)(account))
    .map((assignment) => ({ assignment, records: assignment.records, kept: false }));
}

/** Held deletions in such an account: they exist, and whether they are still wanted is not known. */
function keptEntries({ plan }: Pass, inPlace: readonly Assignment[]): readonly Entry[] {
  const held = groupBy(plan.held, ({ target }) =>
    target.principal === undefined ? "" : `${target.permissionSet}/${target.principal.id}`,
  );
  return inPlace.flatMap((assignment) => {
    const { account, permissionSet, principal } = assignment;
    const item = held
      .get(`${permissionSet}/${principal.id}`)
      ?.find(({ target, would }) => target.account === account && would === "delete");
    return item === undefined ? [] : [{ assignment, records: item.records, kept: true }];
  });
}

function principalName({ actual }: Pass, { principal }: Assignment): string | undefined {
  const { users, groups } = actual.directory;
  return principal.type === "USER"
    ? users.find(({ id }) => id === principal.id)?.userName
    : groups.find(({ id }) => id === principal.id)?.displayName;
}

/** Stable and unique: readable parts, and a digest of what they stand for. */
function labelOf(assignment: Assignment, pass: Pass): string {
  const name = principalName(pass, assignment) ?? "";
  return hclLabel(`${assignment.permissionSet}_${name}`, digest(assignmentKey(assignment)));
}

function resourceBlock(entry: Entry, pass: Pass, context: TerraformContext): string {
  const { assignment, records, kept } = entry;
  const texts = terraformTexts(context.language);
  const because = records.map((record) => texts.record(record.id, context.recordUrl(record)));
  const comments = [...because, ...(kept ? [texts.kept] : [])].map(hclComment);
  const { principal, permissionSet } = assignment;
  const kind = principal.type === "USER" ? "user" : "group";
  return [
    ...comments,
    `resource "aws_ssoadmin_account_assignment" "${labelOf(assignment, pass)}" {`,
    "  instance_arn       = local.kintone_sso_sync_instance_arn",
    `  permission_set_arn = data.aws_ssoadmin_permission_set.${setLabel(permissionSet)}.arn`,
    `  principal_type     = "${principal.type}"`,
    `  principal_id       = data.aws_identitystore_${kind}.${principalLabel(assignment, pass)}.${kind}_id`,
    '  target_type        = "AWS_ACCOUNT"',
    `  target_id          = ${hclString(assignment.account)}`,
    "}",
  ].join("\n");
}

function importBlock(label: string, id: string): string {
  return ["import {", `  to = aws_ssoadmin_account_assignment.${label}`, `  id = ${hclString(id)}`, "}"].join(
    "\n",
  );
}

function setLabel(name: string): string {
  return hclLabel(name, digest(name));
}

function principalLabel(assignment: Assignment, pass: Pass): string {
  const { type, id } = assignment.principal;
  return hclLabel(principalName(pass, assignment) ?? "", digest(`${type}/${id}`));
}

function dataSources(entries: readonly Entry[], pass: Pass): readonly string[] {
  const sets = new Set(entries.map(({ assignment }) => assignment.permissionSet as string));
  const principals = new Map(entries.map(({ assignment }) => [principalLabel(assignment, pass), assignment]));
  const { instance } = pass.actual;
  return [
    [
      "locals {",
      `  kintone_sso_sync_instance_arn      = ${hclString(instance.arn)}`,
      `  kintone_sso_sync_identity_store_id = ${hclString(instance.identityStoreId)}`,
      "}",
    ].join("\n"),
    ...[...sets]
      .toSorted()
      .map((name) =>
        [
          `data "aws_ssoadmin_permission_set" "${setLabel(name)}" {`,
          "  instance_arn = local.kintone_sso_sync_instance_arn",
          `  name         = ${hclString(name)}`,
          "}",
        ].join("\n"),
      ),
    ...[...principals].map(([label, assignment]) => principalSource(label, assignment, pass)),
  ];
}

function principalSource(label: string, assignment: Assignment, pass: Pass): string {
  const [kind, path] = assignment.principal.type === "USER" ? ["user", "UserName"] : ["group", "DisplayName"];
  return [
    `data "aws_identitystore_${kind}" "${label}" {`,
    "  identity_store_id = local.kintone_sso_sync_identity_store_id",
    "",
    "  alternate_identifier {",
    "    unique_attribute {",
    `      attribute_path  = "${path}"`,
    `      attribute_value = ${hclString(principalName(pass, assignment) ?? "")}`,
    "    }",
    "  }",
    "}",
  ].join("\n");
}
