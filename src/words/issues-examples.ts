import { findNameFlaw } from "../model/text.ts";
import { type FullWidthKind, hiddenKind } from "./character-kinds.ts";
import type { IssueContext, IssueExample } from "./issue-messages.ts";
import { customerPolicyOf } from "./policy-places.ts";
import { showValue } from "./show-value.ts";

/** One right statement of an inline policy. */
export const statementExample =
  '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}';

/** The shortest right inline policy, on several lines. */
export const policyExample = `{\n  "Version": "2012-10-17",\n  "Statement": [${statementExample}]\n}`;

export const versionExample = '"Version": "2012-10-17"';
export const effectExample = '"Effect": "Allow"';
export const actionExample = '"Action": ["s3:GetObject", "s3:ListBucket"]';
export const sidExample = '"Sid": "AllowRead"';

const numberExample = '"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}';

const jsonExamples: Readonly<Record<string, string>> = {
  InvalidNumberFormat: numberExample,
  UnexpectedEndOfNumber: numberExample,
  PropertyNameExpected: statementExample,
  ValueExpected: actionExample,
  CommaExpected: `${effectExample}, "Action": "s3:GetObject"`,
  CloseBraceExpected: statementExample,
  CloseBracketExpected: actionExample,
  EndOfFileExpected: policyExample,
  InvalidUnicode: '"StringEquals": {"aws:PrincipalTag/team": "\\u0041"}',
  InvalidEscapeCharacter: '"StringLike": {"aws:PrincipalTag/login": "EXAMPLE\\\\*"}',
  InvalidCharacter: sidExample,
};

/** Right JSON for the problem that jsonc-parser names. */
export function jsonExample(problem: string): string {
  return jsonExamples[problem] ?? effectExample;
}

const halfWidthExamples: Partial<Readonly<Record<FullWidthKind, string>>> = {
  comma: actionExample,
  punctuation: actionExample,
  bracket: statementExample,
  digit: versionExample,
  symbol: '"Action": "s3:Get*"',
};

/** Policy text that has the sort of character in half width. */
export function halfWidthExample(kind: FullWidthKind): string {
  return halfWidthExamples[kind] ?? effectExample;
}

const requiredExamples: Readonly<Record<string, string>> = {
  name: "DatabaseAdmin",
  permissionSet: "ReadOnly",
  accounts: "123456789012",
};

/** An example for the very field that is empty; none for one that is chosen from a list. */
export function requiredExample({ input, fieldName = "" }: IssueContext): IssueExample {
  const example = input === "text" ? requiredExamples[fieldName] : undefined;
  return example === undefined ? {} : { example };
}

const nothing = /^(?:なし|無し|無|ナシ|特になし|該当なし|未定|none|nothing|null|nil|n\/?a|[-ー―—–・.]+)$/iu;

/** Whether the text says that there is nothing. */
export function saysNothing(value: string): boolean {
  return nothing.test(value.trim());
}

const longestSetName = 32;

/** A free name made from one that is taken; at most 32 characters. */
export function otherSetName(name: string): string {
  const ending = "-2";
  return `${name.slice(0, longestSetName - ending.length)}${ending}`;
}

/** The likeliest of the names, or the usual example where there is none. */
export function firstOr(names: readonly string[], usual: string): string {
  return showValue(names[0] ?? usual);
}

/** `/path/name` of the ARN where IAM allows it, or else the usual example. */
export function customerPolicyExample(arn: string): string {
  const policy = customerPolicyOf(arn);
  return policy !== undefined && /^[\w+=,.@/-]+$/u.test(policy) ? policy : "/team/DeployPolicy";
}

/** A user as an address where one was given, or else as a login name. */
export function userExample(value: string): string {
  return value.includes("@") ? "taro.yamada@example.co.jp" : "taro.yamada";
}

/** The name without what a reader cannot see; none where that does not make it right or the name was shortened. */
export function visibleExample(value: string): IssueExample {
  return nameExample(Array.from(value, visible).join(""));
}

function visible(character: string): string {
  const kind = hiddenKind(character);
  if (kind === undefined) return character;
  return kind === "tab" || kind === "line-break" ? " " : "";
}

const alike = new Map(
  Object.entries({
    АΑ: "A",
    ВΒ: "B",
    С: "C",
    ЕΕ: "E",
    НΗ: "H",
    ІΙ: "I",
    Ј: "J",
    КΚ: "K",
    МΜ: "M",
    Ν: "N",
    ОΟ: "O",
    РΡ: "P",
    Ѕ: "S",
    ТΤ: "T",
    У: "Y",
    Υ: "Y",
    ХΧ: "X",
    Ζ: "Z",
    а: "a",
    с: "c",
    ԁ: "d",
    е: "e",
    һ: "h",
    і: "i",
    ј: "j",
    оο: "o",
    р: "p",
    ѕ: "s",
    ν: "v",
    х: "x",
    у: "y",
  }).flatMap(([letters, latin]) => Array.from(letters, (letter) => [letter, latin] as const)),
);

/** The name in Latin letters; none where not every letter has just one that it passes for. */
export function latinExample(value: string): IssueExample {
  return nameExample(Array.from(value, (character) => alike.get(character) ?? character).join(""));
}

function nameExample(name: string): IssueExample {
  const isWhole = name.trim() !== "" && !name.endsWith("…") && findNameFlaw(name) === undefined;
  return isWhole ? { example: showValue(name.trim()) } : {};
}
