import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessReport } from "../../../src/model/access-report.ts";
import type { Pass } from "../../../src/model/pass.ts";
import { buildAccessReport } from "../../../src/report/who-has-what/build-access-report.ts";
import { filterAccess } from "../../../src/report/who-has-what/filter-access.ts";
import { renderAccessCsv } from "../../../src/report/who-has-what/render-access-csv.ts";
import { renderAccessText } from "../../../src/report/who-has-what/render-access-text.ts";
import { noPaint } from "../../../src/process/terminal.ts";
import {
  account,
  actualState,
  assignmentOf,
  definition,
  desiredState,
  development,
  directory,
  group,
  managedSet,
  now,
  owner,
  production,
  recordRef,
  recordUrl,
  unmanagedSet,
  user,
} from "../../builders.ts";
import { passOf } from "../builders.ts";
import { hostileText } from "../hostile-texts.ts";

const anna = user("anna");
const ben = user("ben", { enabled: false });
const carol = user("carol");
const gone = user("gone");
const operators = group("Operators");
const nobody = group("Nobody");
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const asked = assignmentOf("ReadOnly", production, anna);

function companyPass(overrides: Partial<Parameters<typeof directory>[0]> = {}): Pass {
  return passOf({
    actual: actualState({
      directory: directory({
        accounts: [account(production, "Production"), account(development, "Development")],
        users: [anna, ben, carol],
        groups: [operators, nobody],
        memberships: new Map([
          [operators.id, new Set([ben.id, carol.id])],
          [nobody.id, new Set()],
        ]),
        ...overrides,
      }),
      permissionSets: [managedSet("ReadOnly"), managedSet("Unused"), unmanagedSet("Root")],
      assignments: [
        asked,
        assignmentOf("ReadOnly", production, gone),
        assignmentOf("ReadOnly", production, carol),
        assignmentOf("ReadOnly", production, nobody),
      ],
    }),
    desired: {
      ...desiredState(),
      assignments: [
        {
          ...asked,
          records: [recordRef({ app: "assignments", id: "3", modifier: { code: "misaki", name: "Misaki" } })],
        },
      ],
    },
  });
}

const rest = {
  definitions: new Map([["Root", definition({ managedPolicies: [administrator] })]]),
  assignments: [assignmentOf("Root", production, operators)],
};

function reportOf(pass = companyPass()): AccessReport {
  return buildAccessReport(pass, rest, {
    nowMs: now,
    owner,
    recordUrl: (record) => recordUrl(recordRef(record)),
  });
}

describe("the list of who has what", () => {
  it("holds every access, whoever gave it, with groups taken apart", () => {
    const lines = reportOf().access.map(
      ({ permissionSet, user: person, principal, standing, records, class: found }) =>
        [
          permissionSet,
          person?.userName,
          principal.name,
          standing,
          found,
          records.map(({ name }) => name),
        ] as const,
    );
    expect(lines).toEqual([
      ["ReadOnly", "anna@example.co.jp", "anna@example.co.jp", "records", "ordinary", ["11#3"]],
      ["ReadOnly", "carol@example.co.jp", "carol@example.co.jp", "by-hand", "ordinary", []],
      ["ReadOnly", undefined, "Nobody", "by-hand", "ordinary", []],
      ["ReadOnly", undefined, undefined, "orphan", "ordinary", []],
      ["Root", "ben@example.co.jp", "Operators", "unmanaged", "administrator", []],
      ["Root", "carol@example.co.jp", "Operators", "unmanaged", "administrator", []],
    ]);
  });

  it("says what makes an administrator, and what is unusual", () => {
    const { permissionSets, exceptions } = reportOf();
    expect(permissionSets.find(({ name }) => name === "Root")).toMatchObject({
      why: [administrator],
      isManaged: false,
      accounts: 1,
    });
    expect(exceptions).toEqual({
      disabledWithAccess: ["ben@example.co.jp"],
      orphans: [gone.id],
      setsWithoutPeople: ["Unused"],
      accountsWithoutPeople: ["Development (333333333333)"],
      emptyGroups: ["Nobody"],
    });
  });

  it("reads well", () => {
    const text = (language: "en" | "ja") =>
      renderAccessText(reportOf(), { language, timeZone: "Asia/Tokyo", paint: noPaint });
    expect(text("en")).toMatchInlineSnapshot(`
      "3 people · 2 administrators · 1 account · 3 permission sets · 5 assignments, 6 with groups taken apart

      Production (222222222222)
        ReadOnly
          anna@example.co.jp  (records 11#3)
          carol@example.co.jp, Nobody (no person)  (by hand: no record asks for it)
          user-gone (no person)  (orphan: deleted from the directory)
        Root  administrator
          ben@example.co.jp (disabled) (via Operators), carol@example.co.jp (via Operators)  (unmanaged)

      Unusual
        Disabled people who still have access: ben@example.co.jp
        Assigned, but deleted from the directory: user-gone
        Permission sets that no person has: Unused
        Accounts that no person can enter: Development (333333333333)
        Assigned groups without members: Nobody

      As of 2026-11-20 18:00 JST. Instance arn:aws:sso:::instance/ssoins-1111111111111111, owner example.cybozu.com/10.
      Every page of every list was read. Hash of the lines: 2c6204a410d44f80765653434e563d6b
      AWS Account access manager, IAM users and roles of the accounts themselves may grant more; they are not in this list.
      "
    `);
    expect(text("ja")).toMatchInlineSnapshot(`
      "3人 · 管理者 2人 · アカウント 1件 · 許可セット 3件 · 割り当て 5件（グループのメンバーに展開すると 6件）

      Production (222222222222)
        ReadOnly
          anna@example.co.jp  (レコード 11#3)
          carol@example.co.jp, Nobody（該当者なし）  (手作業: どのレコードにもない)
          user-gone（該当者なし）  (残存: ディレクトリから削除済み)
        Root  管理者
          ben@example.co.jp（無効）（Operators 経由）, carol@example.co.jp（Operators 経由）  (管理外)

      確認が必要なもの
        無効なのにアクセス権が残っているユーザー: ben@example.co.jp
        ディレクトリから削除済みなのに残っている割り当て: user-gone
        だれにも割り当てられていない許可セット: Unused
        だれも入れないアカウント: Development (333333333333)
        割り当てがあるのにメンバーがいないグループ: Nobody

      2026-11-20 18:00 JST 時点。インスタンス arn:aws:sso:::instance/ssoins-1111111111111111、所有者 example.cybozu.com/10
      すべての一覧を最後まで読み取りました。行のハッシュ: 2c6204a410d44f80765653434e563d6b
      AWSのAccount access managerや、各アカウントのIAMユーザーとロールによるアクセス権は含みません。
      "
    `);
  });

  it("says where an account stands, what the entries of a record stand for, and from when until when", () => {
    const record = recordRef({ app: "assignments", id: "3" });
    const pass = companyPass();
    const period = {
      startsMs: Date.parse("2026-11-01T00:00:00Z"),
      expiresMs: Date.parse("2026-12-01T00:00:00Z"),
    };
    const timed = {
      ...pass,
      desired: {
        ...pass.desired,
        timed: [{ record, period, state: "in-force" as const }],
        expansions: [{ record, entries: 1, accounts: [production, development] }],
      },
    };
    const places = {
      units: [
        { id: "r-1", name: "Root" },
        { id: "ou-1", name: "Workloads", above: "r-1" },
      ],
      unitOf: new Map([[production, "ou-1"]]),
    };
    const report = buildAccessReport(
      timed,
      { ...rest, places },
      { nowMs: now, owner, recordUrl: (one) => recordUrl(recordRef(one)) },
    );
    const text = renderAccessText(report, { language: "en", timeZone: "Asia/Tokyo", paint: noPaint });
    expect(text).toContain("Production (222222222222)  Root/Workloads\n");
    expect(text).toContain(
      "anna@example.co.jp  (records 11#3 1 entry → 2 accounts; from 2026-11-01 09:00 JST; until 2026-12-01 09:00 JST)",
    );
    const row = renderAccessCsv(report)
      .split("\r\n")
      .find((line) => line.includes("anna"));
    for (const cell of ["Root/Workloads", "1→2", "2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"]) {
      expect(row).toContain(`"${cell}"`);
    }
  });

  it("is the same list whatever order the answers came in, and another one when a member is", () => {
    const report = reportOf();
    const { memberships } = companyPass().actual.directory;
    const reordered = companyPass({ users: [carol, anna, ben] });
    expect(reportOf(reordered).hash).toBe(report.hash);
    const more = new Map([...memberships, [operators.id, new Set([anna.id, ben.id, carol.id])] as const]);
    expect(reportOf(companyPass({ memberships: more })).hash).not.toBe(report.hash);
  });

  it.each([
    [{ user: "CAROL@example.co.jp" }, 2],
    [{ account: "production" }, 6],
    [{ account: development }, 0],
    [{ permissionSet: "Root" }, 2],
    [{ administrators: true, user: "carol@example.co.jp" }, 1],
  ])("can be narrowed: %o", (filters, lines) => {
    const report = filterAccess(reportOf(), filters);
    expect(report.access).toHaveLength(lines);
    expect(report.counts.access).toBe(lines);
  });
});

describe("the list as CSV", () => {
  it("opens in Excel: a byte order mark, a head, one line for each access", () => {
    const csv = renderAccessCsv(reportOf());
    const [head = "", ...lines] = csv.split("\r\n");
    expect(head.startsWith('\uFEFF"as_of","account_id"')).toBe(true);
    expect(lines.filter((line) => line !== "")).toHaveLength(6);
    expect(csv).toContain('"Operators","unmanaged"');
  });

  it("holds no formula, no line and no quote of its own, whatever a name is", () => {
    const formulas = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1", '"=1', "a\r\n=1", " =HYPERLINK(1)"];
    const check = (text: string): void => {
      const named = companyPass({
        accounts: [account(production, text)],
        users: [user("anna", { userName: text, displayName: text, emails: [text] })],
        groups: [],
      });
      const rows = renderAccessCsv(reportOf(named)).slice(1).split("\r\n").slice(0, -1);
      expect(rows).toHaveLength(1 + reportOf(named).access.length);
      for (const row of rows) {
        const cells = row.slice(1, -1).split('","');
        for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
        expect(row).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    };
    for (const text of formulas) check(text);
    fc.assert(fc.property(hostileText, check), { numRuns: 60 });
  });
});
