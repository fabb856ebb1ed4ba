import type { IssueCode, PolicyGrammarProblem } from "../../src/model/issue.ts";

/** An inline policy as somebody typed or pasted it, and the first thing its author is told. */
export interface BadPolicy {
  readonly about: string;
  readonly text: string;
  readonly code: IssueCode;
  /** For the code `policy.grammar`. */
  readonly problem?: PolicyGrammarProblem;
}

const pasted = (code: IssueCode, entries: Readonly<Record<string, string>>): readonly BadPolicy[] =>
  Object.entries(entries).map(([about, text]) => ({ about, text, code }));

const ungrammatical = (
  problem: PolicyGrammarProblem,
  entries: Readonly<Record<string, string>>,
): readonly BadPolicy[] =>
  Object.entries(entries).map(([about, text]) => ({ about, text, code: "policy.grammar", problem }));

/** A document around statements. */
const policy = (...statements: readonly string[]) =>
  `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(",\n    ")}\n  ]\n}`;

/** A statement around what is given for it. */
const allow = (rest: string) => `{ "Effect": "Allow", ${rest} }`;
const action = (value: string) => policy(allow(`"Action": ${value}, "Resource": "*"`));
const resource = (value: string) => policy(allow(`"Action": "s3:GetObject", "Resource": ${value}`));
const condition = (value: string) =>
  policy(allow(`"Action": "s3:*", "Resource": "*", "Condition": ${value}`));
const readOnly = allow('"Action": "s3:Get*", "Resource": "*"');

const brokenJson = pasted("policy.json-syntax", {
  "a comma after the last statement": policy(`${readOnly},`),
  "a comma after the last property": '{"Version":"2012-10-17","Statement":[],}',
  "a comma after the last action": action('["s3:GetObject", "s3:ListBucket",]'),
  "a comma forgotten between two properties": policy(
    '{ "Effect": "Allow" "Action": "s3:*", "Resource": "*" }',
  ),
  "a comma forgotten at the end of a line": policy(
    '{\n      "Effect": "Allow",\n      "Action": "ec2:*"\n      "Resource": "*"\n    }',
  ),
  "a comma forgotten between two statements": policy(`${readOnly}\n    ${readOnly}`),
  "a comma forgotten between two actions": action('["s3:GetObject" "s3:ListBucket"]'),
  "two commas in a row": action('["s3:GetObject",, "s3:ListBucket"]'),
  "a comma before the first action": action('[, "s3:GetObject"]'),
  "a semicolon instead of a comma": policy('{ "Effect": "Allow"; "Action": "s3:*"; "Resource": "*" }'),
  "a colon forgotten": policy('{ "Effect" "Allow", "Action": "s3:*", "Resource": "*" }'),
  "an equals sign instead of a colon": policy('{ "Effect" = "Allow", "Action": "s3:*", "Resource": "*" }'),
  "an arrow instead of a colon": '{"Version" => "2012-10-17", "Statement" => []}',
  "two colons": '{"Version":: "2012-10-17", "Statement": []}',
  "the last brace forgotten":
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]',
  "the last bracket forgotten":
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
  "a statement's brace forgotten":
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"]}',
  "the first brace forgotten":
    '"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
  "one brace too many": `${policy(readOnly)}}`,
  "one bracket too many":
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]]}',
  "brackets closed in the wrong order":
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"}],"Resource":"*"]}',
  "parentheses instead of brackets": action('("s3:GetObject", "s3:ListBucket")'),
  "a closing quote forgotten": policy('{ "Effect": "Allow, "Action": "s3:*", "Resource": "*" }'),
  "a closing quote forgotten at the end of a line": action('"s3:*\n'),
  "an opening quote forgotten": policy('{ "Effect": Allow", "Action": "s3:*", "Resource": "*" }'),
  "no quotes around the value": policy('{ "Effect": Allow, "Action": "s3:*", "Resource": "*" }'),
  "no quotes around the keys": '{ Version: "2012-10-17", Statement: [] }',
  "no quotes around the star": resource("*"),
  "single quotes": "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'*'}]}",
  "single quotes around one value": action("'s3:*'"),
  backticks: action("`s3:*`"),
  "quotes escaped for a shell": String.raw`{\"Version\":\"2012-10-17\",\"Statement\":[]}`,
  "quotes doubled by a spreadsheet": '{""Version"":""2012-10-17"",""Statement"":[]}',
  "a whole line quoted by a spreadsheet": `"{""Version"":""2012-10-17""}"`,
  "a comment above a line": policy(`// read only\n    ${readOnly}`),
  "a comment behind a line": `{\n  "Version": "2012-10-17", // do not change\n  "Statement": [${readOnly}]\n}`,
  "a comment in stars": policy(`/* read only */ ${readOnly}`),
  "a comment with a number sign": `# production only\n${policy(readOnly)}`,
  "a comment that never ends": `/* ${policy(readOnly)}`,
  "a statement commented out": policy(`${readOnly}\n    // ${readOnly}`),
  "an HTML comment": `<!-- policy -->${policy(readOnly)}`,
  "two documents": `${policy(readOnly)}\n${policy(readOnly)}`,
  "two documents with a comma": `${policy(readOnly)},\n${policy(readOnly)}`,
  "a sentence in front of the document": `Please use this policy:\n${policy(readOnly)}`,
  "a sentence behind the document": `${policy(readOnly)}\nThanks!`,
  "a signature behind the document": `${policy(readOnly)}\n-- \nAnna`,
  "a Markdown code block": `\`\`\`json\n${policy(readOnly)}\n\`\`\``,
  "quoted mail": policy(readOnly)
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n"),
  "line numbers from an editor": policy(readOnly)
    .split("\n")
    .map((line, index) => `${index + 1}: ${line}`)
    .join("\n"),
  "plus signs from a diff": policy(readOnly)
    .split("\n")
    .map((line) => `+${line}`)
    .join("\n"),
  "marks of a merge conflict": policy(
    `<<<<<<< HEAD\n    ${readOnly}\n=======\n    ${readOnly}\n>>>>>>> branch`,
  ),
  YAML: "Version: 2012-10-17\nStatement:\n  - Effect: Allow\n    Action: s3:*\n    Resource: '*'",
  "YAML that begins like a list": "- Effect: Allow\n  Action: s3:*\n  Resource: '*'",
  "YAML with a document mark": "---\nVersion: '2012-10-17'\nStatement: []",
  Terraform: 'statement {\n  effect    = "Allow"\n  actions   = ["s3:*"]\n  resources = ["*"]\n}',
  "a call of Terraform's jsonencode": `jsonencode(${policy(readOnly)})`,
  "a Python dictionary": "{'Version': '2012-10-17', 'Statement': None}",
  "Python's True": condition('{ "Bool": { "aws:SecureTransport": True } }'),
  "a JavaScript assignment": `const policy = ${policy(readOnly)};`,
  "a semicolon at the end": `${policy(readOnly)};`,
  undefined: resource("undefined"),
  NaN: condition('{ "NumericLessThan": { "aws:MultiFactorAuthAge": NaN } }'),
  "a number with a leading zero": condition('{ "NumericLessThan": { "aws:MultiFactorAuthAge": 0600 } }'),
  "a number with a plus sign": condition('{ "NumericLessThan": { "aws:MultiFactorAuthAge": +600 } }'),
  "a number that ends in a dot": condition('{ "NumericLessThan": { "aws:MultiFactorAuthAge": 600. } }'),
  "a hexadecimal number": condition('{ "NumericLessThan": { "aws:MultiFactorAuthAge": 0xFF } }'),
  "a date without quotes": '{"Version": 2012-10-17, "Statement": []}',
  "an ellipsis of dots": policy(`${readOnly},\n    ...`),
  "a placeholder in angle brackets": resource("<bucket ARN>"),
  "a placeholder in braces": resource("{{ bucket_arn }}"),
  "HTML from a rich-text field": `<div>${policy(readOnly)}</div>`,
  "HTML line breaks": policy(readOnly).replaceAll("\n", "<br>"),
  "HTML entities": "{&quot;Version&quot;:&quot;2012-10-17&quot;,&quot;Statement&quot;:[]}",
  "a web page's error": "<!DOCTYPE html><html><body>404 Not Found</body></html>",
  XML: "<policy><effect>Allow</effect></policy>",
  "a URL of the policy": "https://example.com/policies/read-only.json",
  "the policy's name": "ReadOnlyAccess",
  "the policy's ARN": "arn:aws:iam::aws:policy/ReadOnlyAccess",
  "a path in a repository": "policies/read-only.json",
  "a hyphen for nothing": "-",
  "the word none": "none",
  "not applicable": "N/A",
  "an opening brace": "{",
  "a closing brace": "}",
  "an opening bracket": "[",
  "a quote": '"',
  "a comma": ",",
  "text cut off in the middle": policy(readOnly).slice(0, 60),
  "text cut off in the middle of an escape": String.raw`{"Version":"2012-10-17","Statement":"\u00`,
  "a backslash of a Windows path": resource(String.raw`"arn:aws:s3:::bucket\data\*"`),
  "an escape that JSON does not have": action(String.raw`"s3:\x47et*"`),
  "an escape with too few digits": action(String.raw`"s3:\u4G"`),
  "a line break inside an ARN": resource('"arn:aws:s3:::\n      bucket/*"'),
  "a tab inside an action": action('"s3:\tGetObject"'),
  "a no-break space as indentation": policy(readOnly).replaceAll("  ", "\u00A0 "),
  "a no-break space after a colon": '{"Version":\u00A0"2012-10-17","Statement":[]}',
  "a form feed between two statements": policy(`${readOnly},\f${readOnly}`).replaceAll("\f", "\u0085"),
  base64: "eyJWZXJzaW9uIjoiMjAxMi0xMC0xNyJ9",
  "percent encoding": "%7B%22Version%22%3A%222012-10-17%22%7D",
  "a JSON text and then a byte": `${policy(readOnly)}\u00FF`,
  "a key without a value": '{"Version":"2012-10-17","Statement":}',
  "a value without a key": '{"Version":"2012-10-17",[]}',
  "a list in place of a key": '{["Version"]:"2012-10-17"}',
});

const fullWidth = pasted("policy.full-width-character", {
  "curly quotes from a word processor": "{“Version”: “2012-10-17”, “Statement”: []}",
  "one curly quote": policy('{ "Effect": "Allow”, "Action": "s3:*", "Resource": "*" }'),
  "low curly quotes": "{„Version“: „2012-10-17“}",
  "single curly quotes": "{‘Version’: ‘2012-10-17’}",
  "Japanese quotes": "{「Version」:「2012-10-17」}",
  "double primes": "{″Version″: ″2012-10-17″}",
  "a full-width quote": '{＂Version＂:"2012-10-17"}',
  "a full-width colon": '{"Version"："2012-10-17","Statement":[]}',
  "a full-width comma": '{"Version":"2012-10-17"，"Statement":[]}',
  "an ideographic comma": action('["s3:GetObject"、"s3:ListBucket"]'),
  "an ideographic full stop": `${policy(readOnly)}。`,
  "full-width braces": '｛"Version":"2012-10-17"｝',
  "full-width brackets": '{"Version":"2012-10-17","Statement":［］}',
  "lenticular brackets": '{"Version":"2012-10-17","Statement":【】}',
  "a full-width star": resource('"＊"'),
  "full-width letters in Allow": policy('{ "Effect": "Ａｌｌｏｗ", "Action": "s3:*", "Resource": "*" }'),
  "full-width digits in the version": '{"Version":"２０１２-10-17","Statement":[]}',
  "a full-width space as indentation": policy(readOnly).replace("  ", "\u3000"),
  "a full-width space inside": '{"Version":\u3000"2012-10-17","Statement":[]}',
  "a full-width slash in an ARN": resource('"arn:aws:s3:::bucket／*"'),
  "a full-width hyphen in the version": '{"Version":"2012－10－17","Statement":[]}',
});

const notLatin = pasted("policy.character-not-allowed", {
  "a Japanese Sid": policy(allow('"Sid": "読み取り専用", "Action": "s3:*", "Resource": "*"')),
  "a Japanese sentence in front": `以下のポリシーでお願いします。\n${policy(readOnly)}`,
  "a Japanese prefix of objects": resource('"arn:aws:s3:::bucket/日本語/*"'),
  "half-width katakana": resource('"arn:aws:s3:::bucket/ｶｲﾊﾂ/*"'),
  "a pictogram": `${policy(readOnly)} 🙏`,
  "an em dash in the version": '{"Version":"2012—10—17","Statement":[]}',
  "an en dash in the version": '{"Version":"2012–10–17","Statement":[]}',
  "a minus sign in a Region": resource('"arn:aws:ec2:ap\u2212northeast-1:*:instance/*"'),
  "an ellipsis": policy(`${readOnly}, …`),
  "a bullet in front of each line": `• ${policy(readOnly)}`,
  "a zero-width space in an action": action('"s3:\u200BGetObject"'),
  "a zero-width space at the front of the second line": policy(`\u200B${readOnly}`),
  "a byte order mark in the middle": `${policy(readOnly).slice(0, 30)}\uFEFF${policy(readOnly).slice(30)}`,
  "a right-to-left override": action('"s3:\u202E*teG"'),
  "a Cyrillic letter in Allow": policy('{ "Effect": "\u0410llow", "Action": "s3:*", "Resource": "*" }'),
  "a line separator": policy(`${readOnly},\u2028${readOnly}`),
  "half of a surrogate pair": action('"s3:\uD800"'),
  "a replacement character": action('"s3:Get\uFFFD"'),
  "a euro sign": resource('"arn:aws:s3:::€/*"'),
  "a null": action('"s3:\u0000Get"'),
  "a vertical tab between lines": policy(readOnly).replace("\n", "\v"),
  "an escape sequence of a terminal": `\u001B[32m${policy(readOnly)}\u001B[0m`,
  "a typographic space": '{"Version":\u2009"2012-10-17","Statement":[]}',
});

const repeatedKeys = pasted("policy.duplicate-key", {
  "two effects that contradict each other": policy(
    '{ "Effect": "Deny", "Action": "*", "Resource": "*", "Effect": "Allow" }',
  ),
  "the same effect twice": policy(
    '{ "Effect": "Allow", "Effect": "Allow", "Action": "s3:*", "Resource": "*" }',
  ),
  "two actions": policy('{ "Effect": "Allow", "Action": "s3:*", "Action": "ec2:*", "Resource": "*" }'),
  "two resources": policy(
    '{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a", "Resource": "arn:aws:s3:::b" }',
  ),
  "two lists of statements": `{"Version":"2012-10-17","Statement":[${readOnly}],"Statement":[${readOnly}]}`,
  "two versions": `{"Version":"2008-10-17","Version":"2012-10-17","Statement":[${readOnly}]}`,
  "two conditions": policy(
    allow('"Action": "s3:*", "Resource": "*", "Condition": {}, "Condition": { "Bool": {} }'),
  ),
  "one operator twice": condition(
    '{ "StringEquals": { "aws:RequestedRegion": "us-east-1" }, "StringEquals": { "aws:PrincipalOrgID": "o-1" } }',
  ),
  "one condition key twice": condition(
    '{ "StringEquals": { "aws:RequestedRegion": "us-east-1", "aws:RequestedRegion": "eu-west-1" } }',
  ),
  "a key repeated in escaped spelling": policy(
    String.raw`{ "Effect": "Deny", "\u0045ffect": "Allow", "Action": "*", "Resource": "*" }`,
  ),
  "two empty keys": `{"":1,"":2,"Version":"2012-10-17","Statement":[${readOnly}]}`,
});

const forbiddenKeys = pasted("policy.forbidden-key", {
  "a prototype at the top": `{"__proto__":{"Effect":"Allow"},"Version":"2012-10-17","Statement":[${readOnly}]}`,
  "a prototype in a statement": policy(
    '{ "__proto__": { "Effect": "Allow", "Action": "*", "Resource": "*" }, "Sid": "A" }',
  ),
  "a prototype in a condition": condition('{ "StringEquals": { "__proto__": "x" } }'),
  "a prototype in escaped spelling": String.raw`{"__pr\u006fto__":{},"Version":"2012-10-17","Statement":[]}`,
  "a prototype and nothing else": '{"__proto__":null}',
});

const nested = (open: string, close: string, depth: number) =>
  `{"Version":"2012-10-17","Statement":${open.repeat(depth)}1${close.repeat(depth)}}`;

const tooDeep = pasted("policy.too-deep", {
  "twenty lists in one another": nested("[", "]", 20),
  "twenty objects in one another": nested('{"a":', "}", 20),
  "a thousand lists": nested("[", "]", 1_000),
  "lists that are never closed": `{"Version":"2012-10-17","Statement":${"[".repeat(30_000)}`,
  "objects that are never closed": '{"a":'.repeat(6_000),
  "lists behind a quote that is never closed": `["\n,${"[".repeat(30_000)}`,
  "lists behind a comment with a quote": `[/* " */${"[".repeat(30_000)}`,
  "lists behind a line comment with a quote": `[// "\n${"[".repeat(30_000)}`,
  "lists behind brackets that close nothing": `{${"]".repeat(15_000)},"a":${"[".repeat(15_000)}`,
  "objects that seem closed by brackets": '{],"a":'.repeat(4_500),
});

const long = (length: number) => policy(allow(`"Action": "s3:${"a".repeat(length)}", "Resource": "*"`));

const tooLong = [
  ...pasted("policy.too-large", {
    "more than 32,768 characters, most of them blanks": policy(`${readOnly}${" ".repeat(32_768)}`),
    "more than 32,768 characters of one action": long(33_000),
    "lists nested 20,000 deep and closed": nested("[", "]", 20_000),
    "objects nested 16,000 deep": nested('{"a":', "}", 16_000),
    "a log file": "2026-11-20T09:00:00Z INFO request finished\n".repeat(1_000),
    "more than 32,768 Japanese characters": "あ".repeat(40_000),
  }),
  ...pasted("policy.too-many-characters", {
    "one action too long": long(10_240),
    "a list of two thousand actions": action(
      JSON.stringify(Array.from({ length: 2_000 }, (_, i) => `s3:Get${i}`)),
    ),
    "three hundred statements": policy(...Array.from({ length: 300 }, () => readOnly)),
  }),
  ...pasted("field.too-long", { "ten megabytes": "{".repeat(10_000_000) }),
];

const wrongDocuments = [
  ...ungrammatical("not-an-object", {
    "statements without a document": `[${readOnly}]`,
    "an empty list": "[]",
    "a text in quotes": '"ReadOnlyAccess"',
    "a document inside a string": JSON.stringify(policy(readOnly)),
    "a number": "42",
    "a negative number": "-1",
    null: "null",
    true: "true",
  }),
  ...ungrammatical("version-missing", {
    "an empty object": "{}",
    "no version": `{"Statement":[${readOnly}]}`,
    "only an id": '{"Id":"policy-1"}',
  }),
  ...ungrammatical("version-invalid", {
    "today's date as the version": `{"Version":"2026-11-20","Statement":[${readOnly}]}`,
    "a slip in the version": `{"Version":"2012-10-07","Statement":[${readOnly}]}`,
    "slashes in the version": `{"Version":"2012/10/17","Statement":[${readOnly}]}`,
    "a blank behind the version": `{"Version":"2012-10-17 ","Statement":[${readOnly}]}`,
    "a number as the version": `{"Version":2012,"Statement":[${readOnly}]}`,
    "version one": `{"Version":"1.0","Statement":[${readOnly}]}`,
    "an empty version": `{"Version":"","Statement":[${readOnly}]}`,
    "null as the version": `{"Version":null,"Statement":[${readOnly}]}`,
    "the version in a list": `{"Version":["2012-10-17"],"Statement":[${readOnly}]}`,
  }),
  ...ungrammatical("statement-missing", {
    "no statement": '{"Version":"2012-10-17"}',
  }),
  ...ungrammatical("statement-empty", {
    "an empty list of statements": '{"Version":"2012-10-17","Statement":[]}',
  }),
  ...ungrammatical("statement-not-an-object", {
    "a text as the statement": '{"Version":"2012-10-17","Statement":"Allow s3:* on *"}',
    "null as the statement": '{"Version":"2012-10-17","Statement":null}',
    "a statement inside two lists": `{"Version":"2012-10-17","Statement":[[${readOnly}]]}`,
    "a text between statements": policy(readOnly, '"s3:*"'),
    "null between statements": policy(readOnly, "null"),
    "a statement written as a string": policy(JSON.stringify(readOnly)),
  }),
  ...ungrammatical("unknown-element", {
    "a statement without a document": readOnly,
    "Statements in the plural": `{"Version":"2012-10-17","Statements":[${readOnly}]}`,
    "a version in small letters": `{"version":"2012-10-17","Statement":[${readOnly}]}`,
    "a document wrapped in PolicyDocument": `{"PolicyDocument":${policy(readOnly)}}`,
    "a document as the API answers it": `{"InlinePolicy":${JSON.stringify(policy(readOnly))}}`,
    "a comment as a key": `{"//":"read only","Version":"2012-10-17","Statement":[${readOnly}]}`,
    "an effect in small letters": policy('{ "effect": "Allow", "Action": "s3:*", "Resource": "*" }'),
    "actions in the plural": policy(allow('"Actions": ["s3:*"], "Resource": "*"')),
    "a slip in Action": policy(allow('"Acton": "s3:*", "Resource": "*"')),
    "resources in the plural": policy(allow('"Action": "s3:*", "Resources": ["*"]')),
    "conditions in the plural": policy(allow('"Action": "s3:*", "Resource": "*", "Conditions": {}')),
    "a description in a statement": policy(allow('"Description": "x", "Action": "s3:*", "Resource": "*"')),
    "a blank inside a key": policy('{ "Effect ": "Allow", "Action": "s3:*", "Resource": "*" }'),
    "a key in another language": policy(allow('"Aktion": "s3:*", "Resource": "*"')),
    "a constructor": policy(allow('"constructor": {}, "Action": "s3:*", "Resource": "*"')),
    "a service control policy's name": `{"Version":"2012-10-17","Name":"scp","Statement":[${readOnly}]}`,
    "a very long key": `{"${"k".repeat(9_000)}":1,"Version":"2012-10-17","Statement":[${readOnly}]}`,
  }),
];

const wrongStatements = [
  ...ungrammatical("effect-missing", {
    "no effect": policy('{ "Action": "s3:*", "Resource": "*" }'),
    "an empty statement": policy("{}"),
    "an empty object as the only statement": '{"Version":"2012-10-17","Statement":{}}',
  }),
  ...ungrammatical("effect-invalid", {
    "allow in small letters": policy('{ "Effect": "allow", "Action": "s3:*", "Resource": "*" }'),
    "ALLOW in capitals": policy('{ "Effect": "ALLOW", "Action": "s3:*", "Resource": "*" }'),
    Allowed: policy('{ "Effect": "Allowed", "Action": "s3:*", "Resource": "*" }'),
    "a blank behind Allow": policy('{ "Effect": "Allow ", "Action": "s3:*", "Resource": "*" }'),
    Permit: policy('{ "Effect": "Permit", "Action": "s3:*", "Resource": "*" }'),
    "deny in small letters": policy('{ "Effect": "deny", "Action": "s3:*", "Resource": "*" }'),
    "true as the effect": policy('{ "Effect": true, "Action": "s3:*", "Resource": "*" }'),
    "null as the effect": policy('{ "Effect": null, "Action": "s3:*", "Resource": "*" }'),
    "an empty effect": policy('{ "Effect": "", "Action": "s3:*", "Resource": "*" }'),
    "the effect in a list": policy('{ "Effect": ["Allow"], "Action": "s3:*", "Resource": "*" }'),
    "the second statement's effect": policy(
      readOnly,
      '{ "Effect": "Denied", "Action": "*", "Resource": "*" }',
    ),
  }),
  ...ungrammatical("sid-invalid", {
    "a Sid with blanks": policy(allow('"Sid": "Read only", "Action": "s3:*", "Resource": "*"')),
    "a Sid with a hyphen": policy(allow('"Sid": "read-only", "Action": "s3:*", "Resource": "*"')),
    "a Sid with an underscore": policy(allow('"Sid": "read_only", "Action": "s3:*", "Resource": "*"')),
    "a Sid with an accent": policy(allow('"Sid": "Café", "Action": "s3:*", "Resource": "*"')),
    "a number as the Sid": policy(allow('"Sid": 1, "Action": "s3:*", "Resource": "*"')),
    "null as the Sid": policy(allow('"Sid": null, "Action": "s3:*", "Resource": "*"')),
  }),
  ...ungrammatical("sid-duplicate", {
    "a statement copied with its Sid": policy(
      allow('"Sid": "Read", "Action": "s3:Get*", "Resource": "*"'),
      allow('"Sid": "Read", "Action": "ec2:Describe*", "Resource": "*"'),
    ),
  }),
  ...ungrammatical("principal-not-allowed", {
    "a bucket policy": policy(
      allow('"Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"'),
    ),
    "a trust policy": policy(
      allow('"Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole"'),
    ),
    "a principal in another account": policy(
      allow('"Principal": { "AWS": "arn:aws:iam::222222222222:root" }, "Action": "s3:*", "Resource": "*"'),
    ),
    "everybody but one": policy(
      '{ "Effect": "Deny", "NotPrincipal": { "AWS": "222222222222" }, "Action": "*", "Resource": "*" }',
    ),
  }),
  ...ungrammatical("action-missing", {
    "no action": policy(allow('"Resource": "*"')),
    "an empty list of actions": action("[]"),
    "an empty list of exceptions": policy(allow('"NotAction": [], "Resource": "*"')),
  }),
  ...ungrammatical("action-and-not-action", {
    "actions and exceptions": policy(allow('"Action": "s3:*", "NotAction": "s3:Delete*", "Resource": "*"')),
  }),
  ...ungrammatical("action-invalid", {
    "an action without its service": action('"GetObject"'),
    "a service without an action": action('"s3"'),
    "a service with a colon and no action": action('"s3:"'),
    "an action with a colon in front": action('":GetObject"'),
    "a dot instead of a colon": action('"s3.GetObject"'),
    "a slash instead of a colon": action('"s3/GetObject"'),
    "two colons in an action": action('"s3::GetObject"'),
    "a blank behind the colon": action('"s3: GetObject"'),
    "a blank behind the action": action('"s3:GetObject "'),
    "a blank in front of the action": action('" s3:GetObject"'),
    "two actions in one string": action('"s3:GetObject, s3:ListBucket"'),
    "two actions with a blank between": action('"s3:GetObject s3:ListBucket"'),
    "an action in parentheses": action('"s3:GetObject()"'),
    "an ARN as the action": action('"arn:aws:iam::aws:policy/ReadOnlyAccess"'),
    "a policy's name as the action": action('"ReadOnlyAccess"'),
    "a star in place of the service": action('"*:GetObject"'),
    "an empty action": action('""'),
    "an empty action in a list": action('["s3:GetObject", ""]'),
    "a number as the action": action("3"),
    "null as the action": action("null"),
    "an object as the action": action('{ "s3": "GetObject" }'),
    "a list in a list of actions": action('[["s3:GetObject"]]'),
    "a line break escaped into an action": action(String.raw`"s3:GetObject\n"`),
    "an endpoint as the service": action('"s3.amazonaws.com:GetObject"'),
    "a regular expression": action('"s3:(Get|List).*"'),
    "one bad exception": policy(allow('"NotAction": ["iam:*", "organizations"], "Resource": "*"')),
  }),
  ...ungrammatical("resource-missing", {
    "no resource": policy(allow('"Action": "s3:GetObject"')),
    "an empty list of resources": resource("[]"),
    "an empty list of excepted resources": policy(allow('"Action": "s3:*", "NotResource": []')),
  }),
  ...ungrammatical("resource-and-not-resource", {
    "resources and excepted resources": policy(
      allow('"Action": "s3:*", "Resource": "*", "NotResource": "arn:aws:s3:::secret/*"'),
    ),
  }),
  ...ungrammatical("resource-invalid", {
    "a bucket's name as the resource": resource('"my-bucket"'),
    "a bucket's URL as the resource": resource('"s3://my-bucket/*"'),
    "an empty resource": resource('""'),
    "two stars": resource('"**"'),
    "a blank in front of an ARN": resource('" arn:aws:s3:::bucket/*"'),
    "an ARN in capitals": resource('"ARN:aws:s3:::bucket/*"'),
    "a slip in arn": resource('"anr:aws:s3:::bucket/*"'),
    "an ARN with nothing behind it": resource('"arn:"'),
    "an account id as the resource": resource('"222222222222"'),
    "a number as the resource": resource("222222222222"),
    "null as the resource": resource("null"),
    "false as the resource": resource("false"),
    "an object as the resource": resource('{ "Fn::GetAtt": ["Bucket", "Arn"] }'),
    "a reference of CloudFormation": resource('{ "Ref": "Bucket" }'),
    "a placeholder left in": resource('"<BUCKET_ARN>"'),
    "a variable of Terraform": resource('"${aws_s3_bucket.data.arn}/*"'),
    "a list in a list of resources": resource('[["arn:aws:s3:::bucket"]]'),
    "one resource of several": resource('["arn:aws:s3:::bucket", "bucket/*"]'),
    "two ARNs in one string, the second line escaped": resource(String.raw`"\narn:aws:s3:::bucket"`),
  }),
  ...ungrammatical("condition-invalid", {
    "a text as the condition": condition('"aws:RequestedRegion = us-east-1"'),
    "a list of conditions": condition('[{ "Bool": { "aws:SecureTransport": "true" } }]'),
    "null as the condition": condition("null"),
    "an operator without keys": condition('{ "StringEquals": "us-east-1" }'),
    "an operator with a list": condition('{ "StringEquals": ["aws:RequestedRegion", "us-east-1"] }'),
    "a condition key without an operator": condition('{ "aws:RequestedRegion": "us-east-1" }'),
    "null as a value": condition('{ "StringEquals": { "aws:RequestedRegion": null } }'),
    "an object as a value": condition('{ "StringEquals": { "aws:RequestedRegion": { "in": "us-east-1" } } }'),
    "null in a list of values": condition(
      '{ "StringEquals": { "aws:RequestedRegion": ["us-east-1", null] } }',
    ),
  }),
];

export const badPolicies: readonly BadPolicy[] = [
  ...brokenJson,
  ...fullWidth,
  ...notLatin,
  ...repeatedKeys,
  ...forbiddenKeys,
  ...tooDeep,
  ...tooLong,
  ...wrongDocuments,
  ...wrongStatements,
];
