import { describe, expect, it } from "vitest";

import type { Language } from "../../src/model/config.ts";
import { holdsRecord, type Issue, type IssueCode } from "../../src/model/issue.ts";
import { decodePermissionSetRecord } from "../../src/records/decode-permission-set.ts";
import { describeIssue } from "../../src/words/describe-issue.ts";
import type { IssueContext } from "../../src/words/issue-messages.ts";
import {
  contextOf,
  grammarPaths,
  grammarProblems,
  issueCodes,
  permissionSetRecordUrl,
  sampleIssue,
  sampleIssues,
} from "./sample-issues.ts";

const languages: readonly Language[] = ["ja", "en"];
const restCarriedOut = {
  ja: "このレコードのほかの内容は反映します。",
  en: "The rest of this record is carried out.",
};

function tell(issue: Issue, language: Language): string {
  const { message, hint, example = "" } = describeIssue(issue, language, contextOf(issue));
  return `${message}\n${hint}\n${example}`;
}

const everySample = languages.flatMap((language) =>
  sampleIssues.map((issue) => [language, issue.code, issue] as const),
);

describe("every issue in every language", () => {
  it.each(everySample)("%s %s says what is wrong and how to fix it", (language, _, issue) => {
    const { message, hint, example } = describeIssue(issue, language, contextOf(issue));
    expect(message.length).toBeGreaterThan(10);
    expect(hint.length).toBeGreaterThan(5);
    expect(example).not.toBe("");
  });

  it.each(everySample)("%s %s names the field by its label", (language, _, issue) => {
    const { field } = contextOf(issue);
    const { message } = describeIssue(issue, language, contextOf(issue));
    expect(message).toContain(language === "ja" ? `「${field}」` : `"${field}"`);
  });

  it.each(everySample)("%s %s can be told about a whole record", (language, _, issue) => {
    const { message, hint } = describeIssue(issue, language, { ...contextOf(issue), field: "" });
    expect(message).toContain(language === "ja" ? "このレコード" : "this record");
    expect(message + hint).not.toContain(language === "ja" ? "「」" : '""');
  });

  it.each(everySample)(
    "%s %s is plain text without stray white space or placeholders",
    (language, _, issue) => {
      const text = tell(issue, language);
      expect(text).not.toMatch(/[ \t\u3000]$/mu);
      expect(text).not.toMatch(/undefined|\[object|NaN|<|>|`|\*\*/u);
      expect(text).not.toMatch(/  (?! *["^])/u);
    },
  );

  it.each(everySample)("%s %s has an at sign only inside values", (language, _, issue) => {
    const values = JSON.stringify(issue.params).includes("@");
    expect(tell(issue, language).includes("@")).toBe(values);
  });

  it.each(issueCodes)("%s is written in both languages", (code) => {
    const issue = sampleIssue(code);
    const [ja, en] = languages.map((language) => describeIssue(issue, language, contextOf(issue)));
    expect(ja?.message).not.toBe(en?.message);
    expect(ja?.hint).not.toBe(en?.hint);
    expect(ja?.hint).toMatch(/[ぁ-ん].*。/u);
    expect(en?.hint.replaceAll(contextOf(issue).field, "")).toMatch(/^[\t\n\u0020-\u007E]+$/u);
  });

  it.each(everySample)(
    "%s %s says just for a warning that the rest is carried out",
    (language, code, issue) => {
      const { hint } = describeIssue(issue, language, contextOf(issue));
      expect(hint.includes(restCarriedOut[language])).toBe(!holdsRecord(code));
    },
  );
});

/** Nothing can be typed that would mend these, or the value only has to be shorter, gone or what AWS asks for. */
const withoutExample: readonly IssueCode[] = [
  "field.unreadable",
  "field.too-long",
  "permission-set.denied-by-guardrail",
  "policy.same-name",
  "policy.too-many",
  "policy.over-role-default",
  "policy.forbidden-key",
  "policy.too-large",
  "policy.too-many-characters",
  "policy.analyzer-finding",
  "assignment.permission-set-not-approved",
  "assignment.permission-set-held",
  "assignment.permission-set-unclear",
  "assignment.denied-by-guardrail",
  "assignment.too-many-groups",
  "period.reversed",
  "period.too-long",
  "target.empty",
  "account.not-active",
  "account.holds-keys",
  "account.management",
  "account.protected",
  "user.ambiguous",
  "user.disabled",
  "user.gone",
  "user.changed",
  "group.ambiguous",
  "group.gone",
  "group.changed",
  "principal.protected",
];

function exampleOf(issue: Issue, language: Language = "ja"): string | undefined {
  return describeIssue(issue, language, contextOf(issue)).example;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("an example of a right value", () => {
  it.each(languages)("comes with every issue in %s but those that nothing typed can mend", (language) => {
    const without = sampleIssues.filter((issue) => exampleOf(issue, language) === undefined);
    expect(without.map(({ code }) => code)).toEqual(withoutExample);
  });

  it.each(grammarProblems)("comes with the grammar problem %s, and is JSON", (problem) => {
    const issue = sampleIssue("policy.grammar", { path: grammarPaths[problem], problem });
    for (const language of languages) {
      const example = exampleOf(issue, language) ?? "";
      expect(isJson(example) || isJson(`{${example}}`)).toBe(true);
    }
  });

  it.each([
    ["permission-set.name-conflict", "Developer-2"],
    ["permission-set.not-managed", "AdministratorAccess-2"],
    ["policy.managed-not-found", "ReadOnlyAccess"],
    ["assignment.permission-set-unknown", "Developer"],
    ["assignment.permission-set-renamed", "SalesDeveloper"],
    ["user.unknown", "taro.yamada@example.co.jp"],
    ["group.unknown", "Sales-Dev"],
    ["text.invisible-character", "Sandbox"],
    ["text.look-alike-character", "yamada"],
  ] as const)("for %s is made from what is known: %s", (code, example) => {
    for (const language of languages) expect(exampleOf(sampleIssue(code), language)).toBe(example);
  });

  it("of a free name is not longer than a permission set's name can be", () => {
    const name = "A".repeat(32);
    expect(exampleOf(sampleIssue("permission-set.not-managed", { name }))).toBe(`${"A".repeat(30)}-2`);
  });

  it("of a user is a login name where no address was given", () => {
    expect(exampleOf(sampleIssue("user.unknown", { value: "yamda", waitedMinutes: 90 }))).toBe("taro.yamada");
  });

  it.each([
    ["A\tB\u200B", "A B"],
    ["\u200B", undefined],
    ["Sand\u200Bbox…", undefined],
    ["S\u200B\u0430ndbox", undefined],
  ])("is the value %j without its hidden characters, where that is right: %s", (value, example) => {
    const params = { line: 1, column: 2, character: "U+200B", value };
    expect(exampleOf(sampleIssue("text.invisible-character", params))).toBe(example);
  });

  it("is left out where a letter passes for no single Latin letter", () => {
    const params = { line: 1, column: 1, character: "U+0434", value: "\u0434b" };
    expect(exampleOf(sampleIssue("text.look-alike-character", params))).toBeUndefined();
  });

  it("is not made from an ARN whose name IAM would refuse", () => {
    const value = "arn:aws:iam::123456789012:policy/開発者";
    expect(exampleOf(sampleIssue("policy.customer-managed-invalid", { value }))).toBe("/team/DeployPolicy");
  });
});

describe("the values of an issue", () => {
  const expectations: readonly (readonly [(typeof issueCodes)[number], readonly string[]])[] = [
    ["field.too-long", ["3000", "2048"]],
    ["text.invisible-character", ["Sandbox[U+200B]", "8", "U+200B"]],
    ["text.look-alike-character", ["y\u0430mada", "2", "U+0430"]],
    ["permission-set.name-invalid", ["開発者 Admin"]],
    ["permission-set.name-too-long", ["DatabaseAdministratorOfTheSalesTeam", "35", "32"]],
    [
      "permission-set.name-conflict",
      ["Developer", permissionSetRecordUrl("12"), permissionSetRecordUrl("40")],
    ],
    ["permission-set.not-managed", ["AdministratorAccess"]],
    ["permission-set.name-in-use", ["Developer", permissionSetRecordUrl("12")]],
    [
      "permission-set.denied-by-guardrail",
      ["Developer", "no administrators in production", "222222222222", "Sales-Developers"],
    ],
    ["session-duration.invalid", ["8じかん"]],
    ["session-duration.out-of-range", ["24"]],
    ["relay-state.invalid", ["http://console.aws.amazon.com/", "240"]],
    ["policy.managed-not-found", ["ReadOnlyAcess", "ReadOnlyAccess", "RDSReadOnlyAccess"]],
    ["policy.managed-not-attachable", ["AmazonECSServiceRolePolicy"]],
    ["policy.wrong-partition", ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "arn:aws:"]],
    ["policy.not-aws-managed", ["arn:aws:iam::123456789012:policy/sales/Deploy", "customer:/sales/Deploy"]],
    ["policy.customer-managed-invalid", ["arn:aws:iam::123456789012:policy/Deploy"]],
    ["policy.boundary-invalid", ["customer:開発者の境界"]],
    ["policy.too-many", ["26", "25"]],
    ["policy.over-role-default", ["12", "10"]],
    ["policy.json-syntax", ["5", "7", '\n      "Action": "s3:GetObject"\n      ^\n']],
    [
      "policy.full-width-character",
      ["4", "18", "“ (U+201C)", '\n      "Effect" : “Allow”,\n                 ^\n'],
    ],
    [
      "policy.character-not-allowed",
      ["3", "15", "開 (U+958B)", '\n      "Sid": "開発者",\n              ^\n'],
    ],
    ["policy.duplicate-key", ["6", "7", "Action"]],
    ["policy.forbidden-key", ["6", "7", "__proto__"]],
    ["policy.too-deep", ["20"]],
    ["policy.too-large", ["40000", "32768"]],
    ["policy.too-many-characters", ["10300", "10240"]],
    ["policy.grammar", ["Statement[1].Effect", "2"]],
    [
      "policy.analyzer-finding",
      [
        "INVALID_ACTION",
        "The action s3:GetObjects does not exist.",
        "\nhttps://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html\n",
        "5",
        "17",
      ],
    ],
    ["assignment.permission-set-unknown", ["Develper", "Developer"]],
    ["assignment.permission-set-held", ["Developer", permissionSetRecordUrl("12")]],
    ["assignment.permission-set-renamed", ["Developer", "SalesDeveloper"]],
    ["assignment.too-many-groups", ["Developer", "111122223333", "104", "100"]],
    ["account.unknown", ["Sandbx", "Sandbox"]],
    ["account.ambiguous", ["Sandbox", "111122223333", "444455556666"]],
    ["account.not-active", ["Old Sandbox"]],
    ["account.management", ["Main", "Terraform"]],
    ["account.protected", ["Audit"]],
    ["user.unknown", ["yamda@example.co.jp", "90", "Entra ID"]],
    ["user.ambiguous", ["sales@example.co.jp", "sato@example.co.jp", "suzuki@example.co.jp"]],
    ["user.disabled", ["tanaka@example.co.jp"]],
    ["user.gone", ["tanaka@example.co.jp"]],
    ["user.changed", ["tanaka@example.co.jp"]],
    ["user.renamed", ["tanaka@example.co.jp", "yamamoto@example.co.jp"]],
    ["group.gone", ["Sales-Dev"]],
    ["group.changed", ["Sales-Dev"]],
    ["group.renamed", ["Sales-Dev", "Sales-Tokyo"]],
    ["group.unknown", ["Sales-Devs", "Sales-Dev", "Sales-DevOps"]],
    ["group.ambiguous", ["Sales-Dev"]],
    ["principal.protected", ["breakglass@example.co.jp"]],
  ];

  it.each(expectations)("of %s are in its text", (code, values) => {
    for (const language of languages) {
      const text = `${tell(sampleIssue(code), language)}\n`;
      for (const value of values) expect(text).toContain(value);
    }
  });

  it("cannot turn or break the text around them", () => {
    const issue = sampleIssue("policy.duplicate-key", { line: 1, column: 2, key: "\u202Etxt\n\u0000" });
    for (const language of languages) {
      expect(tell(issue, language)).toContain("[U+202E]txt[U+000A][U+0000]");
      expect(tell(issue, language).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it("cannot fill the text", () => {
    const issue = sampleIssue("policy.grammar", {
      path: `Statement[0].${"x".repeat(30_000)}`,
      problem: "unknown-element",
    });
    for (const language of languages) expect(tell(issue, language).length).toBeLessThan(600);
  });

  it("stop after ten, with the number of the others", () => {
    const matches = Array.from({ length: 14 }, (_, index) => `user${index}`);
    const issue = sampleIssue("user.ambiguous", { value: "info", matches });
    expect(tell(issue, "ja")).toContain("「user9」ほか4件");
    expect(tell(issue, "en")).toContain('"user9" and 4 more');
    expect(tell(issue, "en")).not.toContain("user10");
  });

  it("keep the caret of an excerpt below its place when the line holds a hidden character", () => {
    const params = { line: 1, column: 3, character: "U+200B", excerpt: '{"\u200BVersion"\n  ^' };
    const issue = sampleIssue("policy.character-not-allowed", params);
    expect(tell(issue, "ja")).toContain('\n{"?Version"\n  ^\n');
    expect(tell(issue, "ja")).toContain("U+200B（ゼロ幅スペース）");
    expect(tell(issue, "en")).toContain("U+200B, a zero-width space,");
  });
});

describe("a suggestion", () => {
  it("is left out when there is none", () => {
    const issue = sampleIssue("group.unknown", { value: "Sales", suggestions: [] });
    expect(tell(issue, "ja")).not.toContain("入力誤り");
    expect(tell(issue, "en")).not.toContain("Did you mean");
  });

  it("comes first in the hint, and joins several names", () => {
    const issue = sampleIssue("group.unknown", { value: "Sale", suggestions: ["Sales", "Sale2", "Sale3"] });
    expect(describeIssue(issue, "ja", contextOf(issue)).hint).toMatch(
      /^「Sales」「Sale2」「Sale3」の入力誤りではありませんか。\n/u,
    );
    expect(describeIssue(issue, "en", contextOf(issue)).hint).toMatch(
      /^Did you mean "Sales", "Sale2" or "Sale3"\? /u,
    );
  });
});

describe("a policy that is not found", () => {
  it("may be one of the team's own where no AWS managed policy has a name like it", () => {
    const issue = sampleIssue("policy.managed-not-found", { name: "Deploy", suggestions: [] });
    expect(tell(issue, "ja")).toContain("customer: を付けて");
    expect(tell(issue, "en")).toContain("write customer: before it");
    expect(describeIssue(issue, "ja", contextOf(issue)).example).toBe("ReadOnlyAccess");
    expect(tell(sampleIssue("policy.managed-not-found"), "ja")).not.toContain("customer:");
  });
});

describe("an account id of the wrong length", () => {
  it("is told apart from an unknown one", () => {
    const short = sampleIssue("account.unknown", { value: "12345678901", suggestions: [] });
    expect(tell(short, "ja")).toContain("先頭の0");
    expect(tell(short, "en")).toContain("this value has 11");
    const unknown = sampleIssue("account.unknown", { value: "123456789012", suggestions: [] });
    expect(tell(unknown, "ja")).not.toContain("先頭の0");
    expect(tell(unknown, "en")).not.toContain("leading zeros");
  });
});

describe("the time since a record was updated", () => {
  it.each([
    [1, "1分", "1 minute "],
    [60, "60分", "60 minutes"],
    [119, "119分", "119 minutes"],
    [120, "2時間", "2 hours"],
    [2_879, "47時間", "47 hours"],
    [2_880, "2日", "2 days"],
    [262_800, "182日", "182 days"],
  ])("%d minutes read as %s and %s", (waitedMinutes, ja, en) => {
    const issue = sampleIssue("user.unknown", { value: "yamada", waitedMinutes });
    expect(tell(issue, "ja")).toContain(`から${ja}が`);
    expect(tell(issue, "en")).toContain(`, ${en}`);
  });
});

describe("a user who is not waited for", () => {
  it("is told to be missing without a time", () => {
    const issue = sampleIssue("user.unknown", { value: "yamada", waitedMinutes: 0 });
    expect(tell(issue, "ja")).not.toContain("最終更新");
    expect(tell(issue, "en")).toContain("is not a user of IAM Identity Center yet.");
  });
});

describe("a field that cannot be read", () => {
  it("is a table whose columns are the problem", () => {
    const issue = sampleIssue("field.unreadable", { type: "SUBTABLE" });
    expect(tell(issue, "ja")).toContain("テーブル");
    expect(tell(issue, "en")).toContain("table");
  });

  it("is named by its type, by the code where the type has no known name", () => {
    expect(tell(sampleIssue("field.unreadable", { type: "USER_SELECT" }), "ja")).toContain("ユーザー選択");
    expect(tell(sampleIssue("field.unreadable", { type: "USER_SELECT" }), "en")).toContain("User selection");
    for (const language of languages) {
      expect(tell(sampleIssue("field.unreadable", { type: "HOLOGRAM" }), language)).toContain("HOLOGRAM");
    }
  });
});

describe("a customer managed policy's example", () => {
  it("is made from the ARN that was given, unless that was shortened", () => {
    const given = sampleIssue("policy.customer-managed-invalid");
    expect(describeIssue(given, "ja", contextOf(given)).example).toBe("/Deploy");
    const value = `arn:aws:iam::123456789012:policy/${"x".repeat(67)}…`;
    const shortened = sampleIssue("policy.customer-managed-invalid", { value });
    expect(describeIssue(shortened, "en", contextOf(shortened)).example).toBe("/team/DeployPolicy");
  });
});

describe("an analyzer finding", () => {
  it("goes without a position where AWS gives none", () => {
    const params = {
      issueCode: "MISSING_VERSION",
      details: "Add a\nVersion.",
      learnMoreLink: "https://a.example/",
    };
    const issue = sampleIssue("policy.analyzer-finding", params);
    expect(tell(issue, "ja")).not.toContain("行目");
    expect(tell(issue, "en")).not.toContain("line");
    for (const language of languages) expect(tell(issue, language)).toContain("Add a Version.");
  });
});

describe("a problem with JSON", () => {
  const problems = [
    "InvalidSymbol",
    "InvalidNumberFormat",
    "PropertyNameExpected",
    "ValueExpected",
    "ColonExpected",
    "CommaExpected",
    "CloseBraceExpected",
    "CloseBracketExpected",
    "EndOfFileExpected",
    "InvalidCommentToken",
    "UnexpectedEndOfComment",
    "UnexpectedEndOfString",
    "UnexpectedEndOfNumber",
    "InvalidUnicode",
    "InvalidEscapeCharacter",
    "InvalidCharacter",
    "<unknown ParseErrorCode>",
  ];

  it.each(problems)("%s is told in words", (problem) => {
    const issue = sampleIssue("policy.json-syntax", { line: 2, column: 3, problem, excerpt: "{\n^" });
    for (const language of languages) {
      expect(tell(issue, language)).not.toContain(problem);
      expect(tell(issue, language)).toContain("\n{\n^\n");
    }
  });

  it.each(problems)("%s comes with an example that is JSON", (problem) => {
    const issue = sampleIssue("policy.json-syntax", { line: 2, column: 3, problem, excerpt: "{\n^" });
    const example = exampleOf(issue) ?? "";
    expect(isJson(example) || isJson(`{${example}}`)).toBe(true);
  });

  it("is told differently for each kind of mistake", () => {
    const hints = new Set(
      problems.map((problem) =>
        tell(sampleIssue("policy.json-syntax", { line: 1, column: 1, problem, excerpt: "" }), "ja"),
      ),
    );
    // Comments, numbers and whatever JSON does not know are told alike.
    expect(hints.size).toBe(problems.length - 3);
  });
});

describe("an inline policy as it was pasted", () => {
  function tellPolicy(policy: string, language: Language): readonly string[] {
    const mapping = {
      name: "name",
      description: null,
      sessionDuration: null,
      relayState: null,
      managedPolicies: null,
      customerManagedPolicies: null,
      permissionsBoundary: null,
      inlinePolicy: "policy",
    };
    const fields = {
      name: { type: "SINGLE_LINE_TEXT", value: "Developer" },
      policy: { type: "MULTI_LINE_TEXT", value: policy },
    };
    const ref = { app: "permissionSets", id: "7", revision: 1 } as const;
    const { issues } = decodePermissionSetRecord({ ref, fields }, mapping);
    return issues.map((issue) => describeIssue(issue, language, contextOf(issue)).message);
  }

  it("is told with the line and a caret below the full-width character", () => {
    const policy = '{\n  "Version"　: “2012-10-17"\n}';
    expect(tellPolicy(policy, "ja")).toEqual([
      '「ポリシーのJSON」の2行目の12文字目: U+3000 は全角のスペースです。\n  "Version"　: “2012-10-17"\n           ^',
      '「ポリシーのJSON」の2行目の15文字目: “ (U+201C) は文書用の引用符です。\n  "Version"　: “2012-10-17"\n           　  ^',
    ]);
  });

  it("is right where it is the example of a whole policy", () => {
    expect(tellPolicy(exampleOf(sampleIssue("policy.too-deep")) ?? "", "en")).toEqual([]);
  });

  it("is told in words where the JSON is broken", () => {
    const policy = '{\n  "Version": "2012-10-17",\n}';
    expect(tellPolicy(policy, "en")).toEqual([
      'The JSON in "ポリシーのJSON" is not valid. In line 3, column 1, the name of an element is missing.\n}\n^',
    ]);
  });
});

describe("a full-width character", () => {
  it.each([
    ["“ (U+201C)", "文書用の引用符", "a full-width quote", '半角の " に', 'the half-width " in'],
    ["＇ (U+FF07)", "文書用の引用符", "a full-width quote", '半角の " に', 'the half-width " in'],
    ["U+3000", "全角のスペース", "a full-width space", "半角のスペースに", "a half-width space in"],
    ["， (U+FF0C)", "全角のカンマ", "a full-width comma", "半角の , に", "the half-width , in"],
    ["： (U+FF1A)", "全角のコロン", "a full-width colon", "半角の : に", "the half-width : in"],
    ["、 (U+3001)", "全角の句読点", "a full-width punctuation mark", "半角の , に", "the half-width , in"],
    ["｛ (U+FF5B)", "全角のかっこ", "a full-width bracket", "半角の { に", "the half-width { in"],
    ["「 (U+300C)", "全角のかっこ", "a full-width bracket", "半角文字に", "a half-width character in"],
    ["１ (U+FF11)", "全角の数字", "a full-width digit", "半角の 1 に", "the half-width 1 in"],
    ["Ａ (U+FF21)", "全角の英字", "a full-width letter", "半角の A に", "the half-width A in"],
    ["＊ (U+FF0A)", "全角の記号", "a full-width symbol", "半角の * に", "the half-width * in"],
    ["￥ (U+FFE5)", "全角の記号", "a full-width symbol", "半角文字に", "a half-width character in"],
  ])("%s is named, with what to type instead", (character, ja, en, jaFix, enFix) => {
    const issue = sampleIssue("policy.full-width-character", { line: 4, column: 18, character, excerpt: "" });
    expect(tell(issue, "ja")).toContain(`4行目の18文字目: ${character} は${ja}です。`);
    expect(tell(issue, "ja")).toContain(jaFix);
    expect(tell(issue, "en")).toContain(`line 4, column 18: ${character} is ${en}.`);
    expect(tell(issue, "en")).toContain(enFix);
    const example = exampleOf(issue) ?? "";
    expect(isJson(example) || isJson(`{${example}}`)).toBe(true);
  });
});

describe("a hidden character", () => {
  it.each([
    ["U+0009", "タブ", "a tab"],
    ["U+000A", "改行", "a line break"],
    ["U+FEFF", "バイト順マーク", "a byte order mark"],
    ["U+00AD", "ソフトハイフン", "a soft hyphen"],
    ["U+202E", "文字の向きを変える記号", "a text direction mark"],
    ["U+E0100", "異体字セレクター", "a variation selector"],
    ["U+E000", "外字", "a private-use character"],
    ["U+0000", "制御文字", "a control character"],
    ["U+3164", "見えない文字", "an invisible character"],
    ["U+D800", "見えない文字", "an invisible character"],
  ])("%s is called %s and %s", (character, ja, en) => {
    const issue = sampleIssue("text.invisible-character", { line: 1, column: 2, character, value: "ab" });
    expect(tell(issue, "ja")).toContain(`使えない文字（${ja}、${character}）`);
    expect(tell(issue, "en")).toContain(`it is ${en} (${character})`);
  });
});

describe("a look-alike letter", () => {
  it.each([
    ["U+0430", "キリル文字", "the Cyrillic letter"],
    ["U+03BF", "ギリシャ文字", "the Greek letter"],
    ["U+0570", "アルメニア文字", "the Armenian letter"],
    ["U+13AA", "チェロキー文字", "the Cherokee letter"],
    ["U+2C9F", "コプト文字", "the Coptic letter"],
    ["U+10FF", "別の文字", "a different character,"],
  ])("%s is told to be %s and %s", (character, ja, en) => {
    const issue = sampleIssue("text.look-alike-character", { line: 1, column: 1, character, value: "x" });
    expect(tell(issue, "ja")).toContain(`半角英字に似た${ja}（${character}）`);
    expect(tell(issue, "en")).toContain(`but is ${en} "`);
  });
});

describe("a problem with a policy's grammar", () => {
  it.each(grammarProblems)("%s is told with its place", (problem) => {
    const path = grammarPaths[problem];
    const issue = sampleIssue("policy.grammar", { path, problem });
    for (const language of languages) {
      const { message } = describeIssue(issue, language, contextOf(issue));
      expect(message).toContain(path);
      expect(message).not.toContain(problem);
    }
  });

  it.each(languages)("is told differently for each problem in %s", (language) => {
    const messages = grammarProblems.map((problem) => {
      const issue = sampleIssue("policy.grammar", { path: "Statement", problem });
      return describeIssue(issue, language, contextOf(issue)).message;
    });
    expect(new Set(messages).size).toBe(grammarProblems.length);
  });

  it("counts statements from one", () => {
    const issue = sampleIssue("policy.grammar", { path: "Statement[0].Effect", problem: "effect-missing" });
    expect(tell(issue, "ja")).toContain("Statement[0].Effect（1番目のステートメント）");
    expect(tell(issue, "en")).toContain("Statement[0].Effect (statement 1)");
  });

  it("does not give the place twice", () => {
    const issue = sampleIssue("policy.grammar", { path: "Version", problem: "version-missing" });
    expect(tell(issue, "ja")).toContain("」: Version がありません。");
    expect(tell(issue, "en")).toContain('": Version is missing.');
  });

  it("shows an element whose name is empty", () => {
    const issue = sampleIssue("policy.grammar", { path: "", problem: "unknown-element" });
    for (const language of languages) expect(tell(issue, language)).toContain(' "":');
  });

  it("names the elements that are possible where an unknown one is", () => {
    const inPolicy = sampleIssue("policy.grammar", { path: "version", problem: "unknown-element" });
    const inStatement = sampleIssue("policy.grammar", {
      path: "Statement.effect",
      problem: "unknown-element",
    });
    for (const language of languages) {
      expect(tell(inPolicy, language)).toContain("Version");
      expect(tell(inPolicy, language)).not.toContain("Effect");
      expect(tell(inStatement, language)).toContain("Effect");
    }
  });
});

describe("a hint fits how the field is filled in", () => {
  const told = (issue: Issue, input: IssueContext["input"], language: Language): string => {
    const { message, hint, example = "" } = describeIssue(issue, language, { ...contextOf(issue), input });
    return [message, hint, example].join("\n");
  };

  it.each([
    ["ja", "この選択肢に当たるAWSアカウントがありません", "大文字と小文字"],
    ["en", "There is no AWS account behind this choice", "Upper and lower case"],
  ] as const)("a choice is not misspelt (%s)", (language, says, saysNot) => {
    const text = told(sampleIssue("account.unknown"), "choice", language);
    expect(text).toContain(says);
    expect(text).not.toContain(saysNot);
    expect(text).not.toContain("123456789012");
  });

  it.each([
    ["ja", "さんは、AWSのユーザーとしてまだ登録されていません", "つづり"],
    ["en", "has just joined", "misspelt"],
  ] as const)("a person who was picked is not misspelt (%s)", (language, says, saysNot) => {
    const text = told(sampleIssue("user.unknown"), "people", language);
    expect(text).toContain(says);
    expect(text).not.toContain(saysNot);
  });

  it("an entry that says that there is none is to be left out", () => {
    for (const value of ["なし", "特になし", "N/A", "-"]) {
      const issue = sampleIssue("group.unknown", { value, suggestions: [] });
      expect(told(issue, "text", "ja")).toContain("空にしてください");
    }
  });

  it("an address in the field for groups is a person", () => {
    const issue = sampleIssue("group.unknown", { value: "taro@example.co.jp", suggestions: [] });
    expect(told(issue, "text", "ja")).toContain("「ユーザー」のフィールド");
  });
});
