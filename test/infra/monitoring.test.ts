import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createPassMetrics } from "../../src/commands/serve/pass-metrics.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string; readonly description: string };
}

const rules = (
  parse(readFileSync("infra/monitoring/alerts.yaml", "utf8")) as {
    readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
  }
).groups.flatMap((group) => group.rules);

interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const { panels } = JSON.parse(readFileSync("infra/monitoring/dashboard.json", "utf8")) as {
  readonly panels: readonly Panel[];
};

/** Names and labels of every series that a process has before its first pass. */
async function seriesAtStart(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const lines = (await createPassMetrics({ permissionSets: 10, assignments: 11 }, "1.2.3").render()).split(
    "\n",
  );
  const found = new Map<string, Set<string>>();
  for (const line of lines) {
    const [, name, labels = ""] = /^(\w+)(?:\{(.*?)\})? /u.exec(line) ?? [];
    if (name === undefined) continue;
    const known = found.get(name) ?? new Set();
    for (const [, label = ""] of labels.matchAll(/(\w+)=/gu)) known.add(label);
    found.set(name, known);
  }
  return found;
}

const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** Every bracket has its partner, and no two operands follow each other. */
function isBalanced(expression: string): boolean {
  const open: string[] = [];
  const partner: Readonly<Record<string, string>> = { ")": "(", "}": "{", "]": "[" };
  for (const sign of expression.replaceAll(/"[^"]*"/gu, "")) {
    if ("({[".includes(sign)) open.push(sign);
    else if (Object.hasOwn(partner, sign) && open.pop() !== partner[sign]) return false;
  }
  return open.length === 0;
}

describe("the alert rules and the dashboard", () => {
  it.each(expressions)(
    "%s asks for series that are there from the start, by labels that they have",
    async (_name, expr) => {
      const series = await seriesAtStart();
      const names = [...expr.matchAll(/kintone_sso_sync_\w+/gu)].map(([name]) => name);
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !series.has(name))).toEqual([]);
      const labels = new Set(names.flatMap((name) => [...(series.get(name) ?? [])]));
      const asked = [
        ...[...expr.matchAll(/by \(([\w, ]+)\)/gu)].flatMap(([, list = ""]) => list.split(", ")),
        ...[...expr.matchAll(/\{(\w+)=/gu)].map(([, label = ""]) => label),
      ];
      expect(asked.filter((label) => !labels.has(label))).toEqual([]);
      expect(isBalanced(expr)).toBe(true);
    },
  );

  it("say of each alert what it means, and name only labels that its series keep", () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { expr, annotations, labels } of rules) {
      expect(["page", "ticket"]).toContain(labels["severity"]);
      expect(annotations.description).toMatch(/\.$/u);
      const named = [...annotations.summary.matchAll(/\$labels\.(\w+)/gu)].map(([, label = ""]) => label);
      expect(named.filter((label) => !expr.includes(`by (${label})`))).toEqual([]);
    }
  });

  it("show legends by labels that the series have, and no two panels in one place", async () => {
    const series = await seriesAtStart();
    const places = new Set<string>();
    for (const { targets, gridPos } of panels) {
      for (const { expr, legendFormat } of targets) {
        const [name = ""] = /kintone_sso_sync_\w+/u.exec(expr) ?? [];
        const legend = [...legendFormat.matchAll(/\{\{(\w+)\}\}/gu)].map(([, label = ""]) => label);
        expect(legend.filter((label) => series.get(name)?.has(label) !== true)).toEqual([]);
      }
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(places.has(`${x}/${y}`)).toBe(false);
          places.add(`${x}/${y}`);
        }
      }
    }
  });
});
