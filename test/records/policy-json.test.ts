import { describe, expect, it } from "vitest";

import { permissionSetRecord } from "../builders.ts";

const issuesOf = (inlinePolicy: string) => permissionSetRecord({ inlinePolicy }).issues;
const policyOf = (inlinePolicy: string) => permissionSetRecord({ inlinePolicy }).draft?.inlinePolicy;
const statement = (rest: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${rest}}]}`;
const plain = statement('"Action":"s3:*","Resource":"*"');

describe("an inline policy that is accepted", () => {
  it.each([
    [
      "a single statement outside a list",
      '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
    ],
    ["the older version of the language", plain.replace("2012", "2008")],
    [
      "an id and statement ids",
      `{"Id":"a","Version":"2012-10-17","Statement":[{"Sid":"A1","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"B2","Effect":"Deny","Action":"*","Resource":"*"}]}`,
    ],
    [
      "empty statement ids",
      `{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"}]}`,
    ],
    [
      "exceptions in place of actions and resources",
      statement('"NotAction":["iam:*"],"NotResource":["arn:aws:s3:::secret/*"]'),
    ],
    [
      "wildcards in actions",
      statement('"Action":["*","s3:*","ec2:Describe*","sso-directory:?et*","*:*"],"Resource":"*"'),
    ],
    ["a variable in an ARN", statement('"Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*"')],
    ["an ARN of another partition", statement('"Action":"s3:*","Resource":"arn:aws-cn:s3:::bucket"')],
    [
      "texts, numbers and booleans in a condition",
      statement(
        '"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"aws:MultiFactorAuthAge":3600},"StringLike":{"aws:RequestedRegion":["us-*","eu-*"]}}',
      ),
    ],
    ["Latin-1 letters in a prefix", statement('"Action":"s3:*","Resource":"arn:aws:s3:::bucket/café/*"')],
    ["brackets inside a string", statement(`"Action":"s3:*","Resource":"arn:aws:s3:::${"[{".repeat(30)}"`)],
  ])("has %s", (_, text) => {
    expect(issuesOf(text)).toEqual([]);
    expect(policyOf(text)).toBe(text);
  });

  it("keeps the layout its author gave it, without the white space around it", () => {
    const typed = statement('"Action" :\n "s3:*" ,\t"Resource":"arn:aws:s3:::a  b/\\" c"');
    expect(policyOf(`\r\n\t${typed}\r\n\u3000`)).toBe(typed);
  });

  it("may begin with a byte order mark and a full-width space", () => {
    expect(policyOf(`\uFEFF\u3000${plain}`)).toBe(plain);
  });

  it("keeps escapes as typed, since the characters they stand for are not Latin-1", () => {
    const text = statement(String.raw`"Action":"s3:*","Resource":"arn:aws:s3:::bucket/\u65e5\u672c\/*"`);
    expect(policyOf(text)).toBe(text);
  });

  it("keeps numbers as typed, however long", () => {
    const text = statement(
      '"Action":"s3:*","Resource":"*","Condition":{"NumericEquals":{"a:b":12345678901234567890}}',
    );
    expect(policyOf(text)).toBe(text);
  });

  it("is left out when the field holds nothing but blanks", () => {
    const { draft, issues } = permissionSetRecord({ inlinePolicy: " \n\u3000\uFEFF\n" });
    expect(issues).toEqual([]);
    expect(draft).not.toHaveProperty("inlinePolicy");
  });
});

describe("the place of a problem in an inline policy", () => {
  it("counts lines and columns from one, blank lines in front included", () => {
    expect(issuesOf('\n\n  {"Version": }')).toMatchObject([
      {
        code: "policy.json-syntax",
        params: {
          line: 3,
          column: 15,
          problem: "ValueExpected",
          excerpt: '  {"Version": }\n              ^',
        },
      },
    ]);
  });

  it("is the same with every kind of line end", () => {
    const places = ["\n", "\r\n", "\r"].map(
      (end) => issuesOf(`{${end}"Version": “2012-10-17”${end}}`)[0]?.params,
    );
    expect(places[0]).toMatchObject({ line: 2, column: 12, character: "“ (U+201C)" });
    expect(places[1]).toEqual(places[0]);
    expect(places[2]).toEqual(places[0]);
  });

  it("counts a pictogram as one column", () => {
    const [first, second] = issuesOf('{"🙏": 1，}');
    expect(first).toMatchObject({ code: "policy.character-not-allowed", params: { column: 3 } });
    expect(second).toMatchObject({ code: "policy.full-width-character", params: { column: 8 } });
  });

  it("puts the caret below a character behind full-width ones", () => {
    const [issue] = issuesOf('"全角",、');
    expect(issue?.params).toMatchObject({ excerpt: '"全角",、\n ^' });
    expect(issuesOf('"全角",、')[1]?.params).toMatchObject({ excerpt: '"全角",、\n 　　  ^' });
  });

  it("shows forty characters to each side of it in a long line", () => {
    const [issue] = issuesOf(`{"${"a".repeat(200)}" "${"b".repeat(200)}"}`);
    expect(issue?.params).toMatchObject({
      excerpt: `${"a".repeat(38)}" "${"b".repeat(39)}\n${" ".repeat(40)}^`,
    });
  });

  it("names an invisible character by its number alone", () => {
    expect(issuesOf(plain.replace("s3", "s3\u200B"))).toMatchObject([
      { code: "policy.character-not-allowed", params: { character: "U+200B", line: 1 } },
    ]);
  });

  it("is given once for characters of a sort, with the number of places", () => {
    expect(issuesOf("{“a”: “あいう”}")).toMatchObject([
      { code: "policy.full-width-character", params: { line: 1, column: 2, places: 4 } },
      { code: "policy.character-not-allowed", params: { column: 8 } },
    ]);
    expect(issuesOf("｛：；（｝［］、")).toHaveLength(5);
  });

  it("is given once for comments, whatever they hold", () => {
    expect(issuesOf(`{\n// 読み取りのみ（本番）\n/* もう一つ */ ${plain.slice(1)}`)).toMatchObject([
      { code: "policy.json-syntax", params: { problem: "InvalidCommentToken", line: 2 } },
    ]);
    const addresses = issuesOf("{“Resource”: “https://example.com/読み取り”}");
    expect(addresses.map(({ code }) => code)).not.toContain("policy.json-syntax");
  });

  it("names the line of an element, and of the one in which something is missing", () => {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "allow",
      "Action": "s3:*",
      "Resouce": "*"
    },
    { "Effect": "Allow", "Action": "s3:*" }
  ]
}`;
    expect(issuesOf(text).map(({ params }) => params)).toEqual([
      { path: "Statement[0].Resouce", problem: "unknown-element", suggestion: "Resource", line: 7 },
      { path: "Statement[0].Effect", problem: "effect-invalid", value: "allow", line: 5 },
      { path: "Statement[1].Resource", problem: "resource-missing", line: 9 },
    ]);
  });

  it("leads to the element of the statement", () => {
    const text = plain.replace("}]", '},{"Effect":"Deny","Action":["s3:*","bad"],"Resource":"*"}]');
    expect(issuesOf(text)).toMatchObject([
      { code: "policy.grammar", params: { path: "Statement[1].Action[1]", problem: "action-invalid" } },
    ]);
  });

  it("is given for every element that is wrong", () => {
    expect(
      issuesOf('{"Version":"1","Statement":[{"Effect":"allow","Action":"x","Resource":"y"}]}'),
    ).toMatchObject([
      { params: { path: "Version" } },
      { params: { path: "Statement[0].Effect" } },
      { params: { path: "Statement[0].Action" } },
      { params: { path: "Statement[0].Resource" } },
    ]);
  });

  it("is not given for what only seems a second key behind a syntax error", () => {
    expect(issuesOf('{""Version"":""2012-10-17"",""Statement"":[]}').map(({ code }) => code)).toEqual([
      "policy.json-syntax",
    ]);
  });

  it("is given for a second key in front of a syntax error", () => {
    expect(issuesOf('{"Id":"a","Id":"b",}').map(({ code }) => code)).toEqual([
      "policy.json-syntax",
      "policy.duplicate-key",
    ]);
  });
});

describe("the limits of an inline policy", () => {
  const withAction = (length: number) => statement(`"Action":"s3:${"a".repeat(length)}","Resource":"*"`);
  const overhead = withAction(0).length;

  it("are 10,240 characters that are no white space", () => {
    expect(issuesOf(withAction(10_240 - overhead))).toEqual([]);
    expect(issuesOf(withAction(10_241 - overhead))).toMatchObject([
      { code: "policy.too-many-characters", params: { count: 10_241, limit: 10_240 } },
    ]);
  });

  it("do not count white space, up to 32,768 characters in all", () => {
    const padded = (length: number) => plain.replace("[", `[${" ".repeat(length - plain.length)}`);
    expect(policyOf(padded(32_768))).toBe(padded(32_768));
    expect(issuesOf(padded(32_769))).toMatchObject([
      { code: "policy.too-large", params: { size: 32_769, limit: 32_768 } },
    ]);
  });

  it("are twenty levels of lists and objects", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(issuesOf(nested(20))).toMatchObject([{ code: "policy.grammar" }]);
    expect(issuesOf(nested(21))).toMatchObject([{ code: "policy.too-deep", params: { limit: 20 } }]);
  });

  it("keep the messages about a policy with thousands of problems few", () => {
    expect(issuesOf(`{"Version":"2012-10-17","Statement":[${"1,".repeat(4_000)}1]}`)).toHaveLength(20);
    expect(issuesOf(`{${'"a":1,'.repeat(4_000)}"b":1}`)).toHaveLength(5);
  });
});
