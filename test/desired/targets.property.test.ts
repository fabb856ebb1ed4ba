import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Memory } from "../../src/model/memory.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import { accountId } from "../../src/model/ids.ts";
import type { Places } from "../../src/model/places.ts";
import {
  account,
  actualState,
  assignmentRecord,
  desiredState,
  directory,
  management,
  minutesAgo,
  permissionSetRecord,
  rules,
} from "../builders.ts";

const shopProd = account("222222222222", "shop-production");
const shopTest = account("333333333333", "shop-test");
const dataProd = account("444444444444", "data-production");
const closed = account("555555555555", "old-production", { state: "SUSPENDED" });
const fresh = account("666666666666", "new-production", { joinedAt: minutesAgo(2) });
const everyAccount = [account(management, "Management"), shopProd, shopTest, dataProd, closed, fresh];

/** Root: Management. Workloads: data-production. Workloads/Shop: the others. */
const places: Places = {
  units: [
    { id: "r-root", name: "Root" },
    { id: "ou-1", name: "Workloads", above: "r-root" },
    { id: "ou-2", name: "Shop", above: "ou-1" },
    { id: "ou-3", name: "Empty", above: "r-root" },
    { id: "ou-4", name: "Twin", above: "r-root" },
    { id: "ou-5", name: "Twin", above: "r-root" },
  ],
  unitOf: new Map([
    [management, "r-root"],
    [dataProd.id, "ou-1"],
    [shopProd.id, "ou-2"],
    [shopTest.id, "ou-2"],
    [closed.id, "ou-2"],
    [fresh.id, "ou-2"],
  ]),
};
const sets = [permissionSetRecord()];

interface Given {
  readonly unread?: boolean;
  readonly accounts?: typeof everyAccount;
  readonly memory?: Memory;
  readonly targets?: Partial<ReturnType<typeof rules>["targets"]>;
}

function stateOf(entries: readonly string[], given: Given = {}) {
  const { unread = false, accounts = everyAccount, memory, targets } = given;
  return desiredState({
    permissionSets: sets,
    assignments: [assignmentRecord({ accounts: entries.join("\n") })],
    actual: actualState({ directory: directory({ accounts }) }),
    rules: { ...rules(), targets: { ...rules().targets, ...targets } },
    ...(unread ? {} : { places }),
    ...(memory === undefined ? {} : { memory }),
  });
}

const namesOf = (entries: readonly string[], given?: Given) =>
  stateOf(entries, given).assignments.map(
    ({ account: id }) => everyAccount.find((one) => one.id === id)?.name ?? id,
  );
const codesOf = (entries: readonly string[], given?: Given) =>
  stateOf(entries, given).issues.map(({ code }) => code);

describe("an entry of the list of accounts", () => {
  it.each([
    ["ou:Root/Workloads", ["data-production", "shop-production", "shop-test"]],
    ["ou:Workloads/Shop", ["shop-production", "shop-test"]],
    ["ou:Root/Workloads/*", ["data-production"]],
    ["ou:ou-2", ["shop-production", "shop-test"]],
    ["ou:Root", ["data-production", "shop-production", "shop-test"]],
    ["name:*-production", ["data-production", "shop-production"]],
    ["name:shop-*", ["shop-production", "shop-test"]],
    ["all", ["data-production", "shop-production", "shop-test"]],
    ["ｏｕ：Root/Workloads/Shop", ["shop-production", "shop-test"]],
  ])("%s stands for what takes assignments there, and for nothing else", (entry, expected) => {
    expect(namesOf([entry]).toSorted()).toEqual(expected);
    expect(codesOf([entry])).toEqual([]);
  });

  it("leaves out what it says after an exclamation mark, whatever else names it", () => {
    expect(namesOf(["all", "!ou:Root/Workloads/Shop"])).toEqual(["data-production"]);
    expect(namesOf(["shop-test", "shop-production", "!name:*-test"])).toEqual(["shop-production"]);
    expect(namesOf(["!222222222222", "ou:Workloads/Shop"])).toEqual(["shop-test"]);
  });

  it.each([
    ["ou:Root/Nowhere", "target.unknown"],
    ["ou:Root/Empty", "target.empty"],
    ["ou:Twin", "target.ambiguous"],
    ["name:*-stagign", "target.empty"],
    ["tag:env=prod", "target.off"],
    ["!shop-test", "target.only-exclusions"],
    ["!nowhere", "account.unknown"],
  ])("%s is an issue that holds the record", (entry, code) => {
    const state = stateOf([entry, ...(code === "target.only-exclusions" ? [] : ["shop-production"])]);
    expect(state.issues.map((issue) => issue.code)).toEqual([code]);
    expect(state.assignments).toEqual([]);
    expect(state.heldAssignments).toHaveLength(1);
  });

  it("names the units that may have been meant", () => {
    const [issue] = stateOf(["ou:Root/Workload"]).issues;
    expect(issue).toMatchObject({
      code: "target.unknown",
      params: { suggestions: ["ou:Root/Workloads", "ou:Root/Workloads/Shop"] },
    });
  });

  it("is held where an account has that very name", () => {
    for (const name of ["all", "name:shop-*", "!shop-test"]) {
      const accounts = [...everyAccount, account("777777777777", name)];
      expect(codesOf([name, "data-production"], { accounts })).toEqual(["target.is-a-name"]);
    }
  });

  it("is refused where the configuration switches its kind off", () => {
    expect(codesOf(["ou:Root"], { targets: { ou: false } })).toEqual(["target.off"]);
    expect(codesOf(["name:shop-*"], { targets: { name: false } })).toEqual(["target.off"]);
  });
});

const entry = fc.constantFrom(
  "ou:Root/Workloads",
  "ou:Workloads/Shop",
  "ou:Root/Workloads/*",
  "name:*-production",
  "all",
  "shop-test",
  "444444444444",
  "!ou:Workloads/Shop",
  "!name:data-*",
  "!shop-production",
);

describe("whatever the entries are", () => {
  it("their order does not matter, and every account is granted once or not at all", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
        const names = namesOf(entries);
        expect(new Set(names).size).toBe(names.length);
        expect(namesOf(entries.toReversed()).toSorted()).toEqual(names.toSorted());
        expect(names).not.toContain("Management");
        expect(names).not.toContain("new-production");
      }),
    );
  });

  it("a record that needs units nobody could read keeps all that it granted, and grants nothing", () => {
    const granted = [shopProd, shopTest, dataProd].map(({ id }) => id);
    const memory: Memory = {
      ...emptyMemory("owner"),
      instanceArn: actualState().instance.arn,
      requests: {
        "assignments/1": {
          revision: 2,
          permissionSets: ["ReadOnly"],
          accounts: granted,
          principals: ["USER/user-anna"],
        },
      },
    };
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
        fc.pre(entries.some((text) => text.includes("ou:")));
        const given = { unread: true, memory };
        const { assignments, heldAssignments, issues } = stateOf(entries, given);
        expect(assignments).toEqual([]);
        const isOnlyExclusions = entries.every((text) => text.startsWith("!"));
        expect(isOnlyExclusions ? [] : issues).toEqual([]);
        const kept = heldAssignments.flatMap(({ accounts }) =>
          accounts === "any" ? granted : [...accounts],
        );
        for (const id of granted) expect(kept).toContain(id);
      }),
    );
  });
});

describe("a record that nobody has edited", () => {
  const memoryOf = (accounts: readonly string[], revision = 2): Memory => ({
    ...emptyMemory("owner"),
    instanceArn: actualState().instance.arn,
    requests: {
      "assignments/1": {
        revision,
        permissionSets: ["ReadOnly"],
        accounts,
        principals: ["USER/user-anna"],
      },
    },
  });
  const many = Array.from({ length: 6 }, (_, index) => accountId(`70000000000${index}`));

  it("says which accounts AWS has put under its entries, and taken from there", () => {
    const memory = memoryOf([shopProd.id, dataProd.id]);
    expect(stateOf(["ou:Workloads/Shop"], { memory }).expansions).toMatchObject([
      { entries: 1, added: [shopTest.id], removed: [dataProd.id] },
    ]);
    const edited = memoryOf([shopProd.id, dataProd.id], 1);
    expect(stateOf(["ou:Workloads/Shop"], { memory: edited }).expansions[0]).not.toHaveProperty("added");
  });

  it("is held when its entries stand for many fewer accounts than before, until it is saved again", () => {
    const shrunk = stateOf(["ou:Workloads/Shop"], { memory: memoryOf([shopProd.id, ...many]) });
    expect(shrunk.assignments).toEqual([]);
    expect(shrunk.heldAssignments[0]).toMatchObject({ reason: "targets-shrank" });
    const saved = stateOf(["ou:Workloads/Shop"], { memory: memoryOf([shopProd.id, ...many], 1) });
    expect(saved.assignments).toHaveLength(2);
  });
});

describe("an entry that stands for many accounts", () => {
  const admin = permissionSetRecord({ name: "Admin", managedPolicies: "AdministratorAccess" });
  const ask = (entries: string, own: Partial<ReturnType<typeof rules>> = {}) =>
    desiredState({
      permissionSets: [admin],
      assignments: [assignmentRecord({ permissionSet: "Admin", accounts: entries })],
      actual: actualState({ directory: directory({ accounts: everyAccount }) }),
      rules: { ...rules(), ...own },
      places,
    });

  it("makes nobody administrator, unless the account is named by itself as well", () => {
    const state = ask("all\nshop-test");
    expect(state.assignments.map((one) => one.account)).toEqual([shopTest.id]);
    expect(state.deniedAssignments.map(({ rule }) => rule)).toContain("targets.administrators");
    expect(state.issues.map(({ code }) => code)).toEqual(["assignment.denied-by-guardrail"]);
  });

  it("makes administrators where a rule or the setting says so", () => {
    const rule = {
      name: "platform everywhere",
      effect: "allow",
      permissionSets: ["Admin"],
      dynamicTargets: true,
    } as const;
    const guardrails = { ...rules().guardrails, rules: [rule] };
    expect(ask("all", { guardrails }).assignments).toHaveLength(3);
    expect(ask("all", { targets: { ...rules().targets, administrators: true } }).assignments).toHaveLength(3);
  });

  it("can be denied by a rule of its own", () => {
    const rule = { name: "by name only", effect: "deny", dynamicTargets: true } as const;
    const guardrails = { ...rules().guardrails, rules: [rule] };
    const state = desiredState({
      permissionSets: sets,
      assignments: [assignmentRecord({ accounts: "all\nshop-test" })],
      actual: actualState({ directory: directory({ accounts: everyAccount }) }),
      rules: { ...rules(), guardrails },
    });
    expect(state.assignments.map((one) => one.account)).toEqual([shopTest.id]);
  });
});
