import { changeKinds } from "../../model/change-kinds.ts";
import { formatIsoDuration } from "../../model/duration.ts";
import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  type PermissionSetAttributes,
  type PermissionSetDefinition,
  type PermissionsBoundary,
  permissionsBoundaryText,
} from "../../model/permission-set.ts";
import type { ReportedChange } from "../../model/run-report.ts";
import { shorten } from "../../model/text.ts";
import type { Extent } from "./fold-names.ts";
import { diffLines, foldDiff } from "./line-diff.ts";
import type { PlanLine } from "./plan-line.ts";
import type { CreatedSet } from "./renames.ts";

const depth = 2;

/** What the changes make of one set, as terraform shows it: attributes before and after, policies that come and go, an inline policy line by line. */
export function listEdits(
  changes: readonly ReportedChange[],
  former: PermissionSetDefinition | undefined,
  extent: Extent,
): readonly PlanLine[] {
  const edits = changes.flatMap((change) => listEdit(change, former, extent));
  return former === undefined ? edits : [...edits, ...listLeftOut(changes, former, extent)];
}

function listEdit(
  change: ReportedChange,
  former: PermissionSetDefinition | undefined,
  extent: Extent,
): readonly PlanLine[] {
  const { kind, before, after } = change;
  if (kind === "create-permission-set") {
    return listAttributes(former?.attributes, (after as CreatedSet).attributes, extent);
  }
  if (kind === "update-attributes") {
    return listAttributes(before as PermissionSetAttributes, after as PermissionSetAttributes, extent);
  }
  if (kind.endsWith("-inline-policy")) {
    const was = (before as string | undefined) ?? former?.inlinePolicy;
    return listInline(kind, was, after as string | undefined, extent);
  }
  const isKept = former !== undefined && hadBefore(change, former);
  return isKept || kind === "delete-permission-set" ? [] : [listPart(change, extent)];
}

function listPart(change: ReportedChange, { texts }: Extent): PlanLine {
  const { kind } = change;
  const text = [texts.changeKinds[kind], partText(change)].filter((part) => part !== "").join("  ");
  return { sign: changeKinds[kind].sign, depth, text };
}

/** The policy or boundary that a change is about; empty where it is about none. */
function partText({ kind, before, after }: ReportedChange): string {
  if (kind.endsWith("-customer-managed-policy")) {
    return customerManagedPolicyText((after ?? before) as CustomerManagedPolicy);
  }
  if (kind.endsWith("-managed-policy")) return String(after ?? before);
  if (!kind.endsWith("-permissions-boundary")) return "";
  return [before, after]
    .filter((boundary) => boundary !== undefined)
    .map((boundary) => permissionsBoundaryText(boundary as PermissionsBoundary))
    .join(" → ");
}

/** Under the names that records have for them. */
function attributeRows(attributes: PermissionSetAttributes | undefined): ReadonlyMap<string, string> {
  return new Map([
    ["description", attributes?.description ?? ""],
    [
      "session_duration",
      attributes === undefined ? "" : formatIsoDuration(attributes.sessionDurationSeconds),
    ],
    ["relay_state", attributes?.relayState ?? ""],
  ]);
}

function listAttributes(
  before: PermissionSetAttributes | undefined,
  after: PermissionSetAttributes,
  { texts }: Extent,
): readonly PlanLine[] {
  const update = texts.changeKinds["update-attributes"];
  const was = attributeRows(before);
  return [...attributeRows(after)].flatMap(([name, value]): readonly PlanLine[] => {
    const former = was.get(name) ?? "";
    if (former === value) return [];
    if (before === undefined) return [{ sign: "+", depth, text: `${name} ${quote(value)}` }];
    return [{ sign: "~", depth, text: `${update}  ${name} ${quote(former)} → ${quote(value)}` }];
  });
}

const longestText = 120;

function quote(text: string): string {
  return `"${shorten(text, longestText)}"`;
}

/** A new policy is shown in so many lines unless all is asked for. */
const mostNewLines = 40;

function listInline(
  kind: ReportedChange["kind"],
  before: string | undefined,
  after: string | undefined,
  { texts, words, verbose }: Extent,
): readonly PlanLine[] {
  if (before === after) return [];
  const head: PlanLine = { sign: changeKinds[kind].sign, depth, text: texts.changeKinds[kind] };
  const lines = foldDiff(diffLines(jsonLines(before), jsonLines(after))).map((line): PlanLine => {
    if ("leftOut" in line) return { sign: " ", depth: depth + 1, text: words.sameLines(line.leftOut) };
    return { sign: line.sign, depth: depth + 1, text: line.text };
  });
  const isWhole = before === undefined || after === undefined;
  const most = verbose || !isWhole ? lines.length : mostNewLines;
  const rest = lines.length - most;
  const note: PlanLine = { sign: " ", depth: depth + 1, text: words.moreLines(rest) };
  return [head, ...lines.slice(0, most), ...(rest > 0 ? [note] : [])];
}

/** The document as it is read best; a text that is no JSON as it is. */
function jsonLines(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split("\n");
  } catch {
    return text.split("\n");
  }
}

function hadBefore(change: ReportedChange, former: PermissionSetDefinition): boolean {
  return changeKinds[change.kind].sign !== "-" && partsOf(former).has(partText(change));
}

/** Each part of a definition in its words, and the kind of change that takes it away. */
function partsOf(definition: PermissionSetDefinition): ReadonlyMap<string, ReportedChange["kind"]> {
  const { managedPolicies, customerManagedPolicies, permissionsBoundary } = definition;
  return new Map([
    ...managedPolicies.map((arn) => [arn, "detach-managed-policy"] as const),
    ...customerManagedPolicies.map(
      (policy) => [customerManagedPolicyText(policy), "detach-customer-managed-policy"] as const,
    ),
    ...(permissionsBoundary === undefined
      ? []
      : [[permissionsBoundaryText(permissionsBoundary), "delete-permissions-boundary"] as const]),
  ]);
}

/** What a set with another name had, and the one that takes its place has not. */
function listLeftOut(
  changes: readonly ReportedChange[],
  former: PermissionSetDefinition,
  extent: Extent,
): readonly PlanLine[] {
  const kept = new Set(changes.map(partText));
  const parts = [...partsOf(former)]
    .filter(([text]) => !kept.has(text))
    .map(([text, kind]): PlanLine => ({
      sign: "-",
      depth,
      text: `${extent.texts.changeKinds[kind]}  ${text}`,
    }));
  const hasInline = changes.some(({ kind }) => kind === "put-inline-policy");
  return former.inlinePolicy === undefined || hasInline
    ? parts
    : [...parts, ...listInline("delete-inline-policy", former.inlinePolicy, undefined, extent)];
}
