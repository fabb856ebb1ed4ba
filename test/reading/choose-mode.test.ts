import { describe, expect, it } from "vitest";
import type { Seen, SeenPermissionSet } from "../../src/model/reading.ts";
import { chooseMode } from "../../src/reading/choose-mode.ts";
import { dueParts, passesPerRound } from "../../src/reading/rotation.ts";
import { actualState, managedSet } from "../builders.ts";

const lastWhole = Date.parse("2026-11-27T18:30:00Z");
const hourMs = 3_600_000;

function company(sets: number, accounts: number, wholeAt?: string): Seen {
  const places = Object.fromEntries(
    Array.from({ length: accounts }, (_, index) => [String(100_000_000_000 + index), ["", 1] as const]),
  );
  const set: SeenPermissionSet = {
    name: "Any",
    tags: {},
    definition: "any",
    pass: 1,
    stalePass: 1,
    accounts: places,
  };
  const permissionSets = Object.fromEntries(
    Array.from({ length: sets }, (_, index) => [`arn-${index}`, set]),
  );
  return { pass: 1, permissionSets, ...(wholeAt === undefined ? {} : { wholeAt }) };
}

const choose = (seen: Seen, nowMs: number, given: { rotates?: boolean; full?: boolean } = {}) =>
  chooseMode({
    callBudget: 160,
    timezone: "Asia/Tokyo",
    nowMs,
    memory: { instanceArn: "arn:aws:sso:::instance/ssoins-1", seen },
    ...given,
  });

const wholeAt = new Date(lastWhole).toISOString();

describe("a pass with a memory", () => {
  it("reads in part", () => {
    expect(choose(company(15, 10, wholeAt), lastWhole + hourMs)).toMatchObject({ mode: "partial" });
  });

  it("reads everything of a company that the budget is enough for", () => {
    expect(choose(company(5, 10, wholeAt), lastWhole + hourMs).mode).toBe("full");
  });

  it("reads everything once a day, in the hour after three o'clock of the time zone", () => {
    const night = Date.parse("2026-11-28T18:05:00Z");
    expect(choose(company(15, 10, wholeAt), night - hourMs).mode).toBe("partial");
    expect(choose(company(15, 10, wholeAt), night).mode).toBe("full");
    const readThen = company(15, 10, new Date(night).toISOString());
    expect(choose(readThen, night + 10 * 60_000).mode).toBe("partial");
  });

  it("reads everything at another hour when no pass ran at night", () => {
    expect(choose(company(15, 10, wholeAt), lastWhole + 29 * hourMs).mode).toBe("full");
  });

  it("reads everything when it does not know when that was last done, or says that it will be", () => {
    expect(choose(company(15, 10), lastWhole).mode).toBe("full");
    expect(choose(company(15, 10, wholeAt), lastWhole - 30 * hourMs).mode).toBe("full");
  });

  it("takes no share of the rest when somebody waits for it", () => {
    const night = Date.parse("2026-11-28T18:05:00Z");
    const choice = choose(company(15, 10, wholeAt), night, { rotates: false });
    expect(choice).toMatchObject({ mode: "partial", round: undefined });
  });

  it.for([
    [15, 10, 12],
    [40, 37, 12],
    [200, 25, 42],
    [1_000, 20, 60],
  ] as const)("reads %i permission sets of %i accounts each once in %i passes", ([sets, accounts, round]) => {
    expect(choose(company(sets, accounts, wholeAt), lastWhole + hourMs)).toMatchObject({ round });
  });
});

describe("a long round", () => {
  it("still comes to sets that make administrators within 12 passes", () => {
    const sets = Array.from({ length: 24 }, (_, index) => managedSet(`Set${index}`));
    const { permissionSets } = actualState({ permissionSets: sets });
    const seen: Seen = {
      pass: passesPerRound,
      permissionSets: Object.fromEntries(
        permissionSets.map(({ arn, name, tags }, index) => [
          arn,
          {
            name,
            tags,
            definition: "any",
            pass: 1,
            stalePass: 1,
            accounts: {},
            ...(index < 2 ? { administrator: true as const } : {}),
          },
        ]),
      ),
    };
    const due = dueParts({ permissionSets }, seen, 60).permissionSets;
    const administrators = permissionSets.slice(0, 2).map(({ arn }) => arn);
    expect([...due]).toEqual(expect.arrayContaining(administrators));
    expect(due.size).toBe(3);
  });
});
