import { describe, expect, it } from "vitest";
import type { PageNode } from "../../../src/report/pages/page-node.ts";
import { planMatrix } from "../../../src/report/plan-page/plan-matrix.ts";
import { renderPlanPage } from "../../../src/report/plan-page/render-plan-page.ts";
import { extentOf } from "../../../src/report/plan-view/fold-names.ts";
import { hostileTexts } from "../../corpus/hostile-texts.ts";
import { hostileReport } from "../../tell/github-hostile-report.ts";
import { bigReport, people } from "../plan-view/big-report.ts";

const reader = { language: "en", timeZone: "Asia/Tokyo" } as const;

function dataOf(html: string): string {
  const [, data = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/su.exec(html) ?? [];
  return data;
}

function nodesOf(html: string): readonly PageNode[] {
  return JSON.parse(dataOf(html)) as readonly PageNode[];
}

/** The texts in the order of their reading, one for each line of the page. */
function linesOf(nodes: readonly PageNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return node.split("\n");
    const isLine = node.children.every((child) => typeof child === "string");
    return isLine ? node.children.join("").split("\n") : linesOf(node.children);
  });
}

function addressesOf(nodes: readonly PageNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return [];
    const { href } = node.attributes;
    return [...(href === undefined ? [] : [href]), ...addressesOf(node.children)];
  });
}

describe("the page of a plan of 300 changes", () => {
  const page = renderPlanPage(bigReport(), reader);

  it("says in its first twelve lines how much it is and what is dangerous", () => {
    expect(linesOf(nodesOf(page)).slice(0, 12).join("\n")).toMatchInlineSnapshot(`
      "kintone-sso-sync: Plan
      1 permission set changes (1 deleted) · 301 assignments + · 13 − · 32 people · 1 new administrator
      Look at this first
      1 new administrator by Admin: mallory@example.co.jp → Account 3 (100000000003)
      no administrator is left in Account 7 (100000000007)
      1 person loses all access: olga@example.co.jp
      Legacy is deleted, 12 assignments in 1 account removed: user00@example.co.jp, user01@example.co.jp, user02@example.co.jp, user03@example.co.jp, user04@example.co.jp … and 7 more
      As of 2026-11-20 18:01 JST.
      1 permission set changes (1 deleted) · 301 assignments + · 13 − · 32 people · 1 new administrator
      0 unchanged, 0 held, 0 waiting, 0 locked, 0 unmanaged.
      Plan hash: e8cc0676229084dfbe11a3479465b422
      Changes are pending."
    `);
  });

  it("has every name, and each record as a link", () => {
    const text = linesOf(nodesOf(page)).join("\n");
    for (const { userName } of people) expect(text).toContain(userName);
    expect(addressesOf(nodesOf(page))).toContain("https://example.cybozu.com/k/10/show#record=1");
  });

  it("marks where somebody becomes an administrator, and shows those sets first", () => {
    const { plan } = bigReport();
    if (plan === undefined) throw new Error("There is no plan.");
    const { sets, rows } = planMatrix(plan, extentOf("en"));
    expect(sets).toEqual([
      { name: "Admin", itself: undefined },
      { name: "Legacy", itself: "goes" },
      { name: "ReadOnly", itself: undefined },
    ]);
    expect(rows.find(({ account }) => account.startsWith("Account 3 "))?.cells).toEqual([
      { added: 1, removed: 0, makesAdministrator: true },
      undefined,
      { added: 30, removed: 0, makesAdministrator: false },
    ]);
    const count = (key: "added" | "removed"): number =>
      rows.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + (cell?.[key] ?? 0), 0);
    expect([count("added"), count("removed")]).toEqual([301, 13]);
  });
});

describe("a hostile text", () => {
  it.each(["en", "ja"] as const)(
    "is data in the page of a plan, and no link but to records (%s)",
    (language) => {
      for (const text of hostileTexts) {
        const html = renderPlanPage(hostileReport(text), { ...reader, language });
        expect(dataOf(html)).not.toMatch(/[<>&]/u);
        expect(html.match(/<script/gu)).toHaveLength(2);
        const own = /^https:\/\/example\.cybozu\.com\//u;
        const foreign = addressesOf(nodesOf(html)).filter((address) => !own.test(address));
        expect(foreign.filter((address) => !address.startsWith("http"))).toEqual([]);
        expect(foreign).toEqual([]);
      }
    },
  );
});
