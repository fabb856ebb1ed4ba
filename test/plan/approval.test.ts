import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RememberedApprovals } from "../../src/model/approval.ts";
import type { GuardName, Violation } from "../../src/model/violation.ts";
import {
  type ApprovalContext,
  issueApproval,
  judgeApproval,
  judgeViolations,
} from "../../src/plan/approval.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Change } from "../../src/model/plan.ts";
import {
  actualState,
  directory,
  group,
  managedSet,
  now,
  owner,
  production,
  recordRef,
  user,
} from "../builders.ts";
import { assign, attachPolicy, deleteSet, planOf } from "../report/builders.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const violation = (guard: GuardName, refuses: readonly string[] = []): Violation => ({
  guard,
  numbers: {},
  refuses,
});
const judged = (changes: readonly Change[]) => ({ plan: planOf(changes), actual: actualState(), owner });
const refused = (guards: readonly GuardName[] = ["deletions"], shownAtMs = now, name = "Audit") => {
  const change = deleteSet(name);
  const violations = guards.map((guard) => violation(guard, [change.id]));
  const approval = issueApproval(judged([change]), violations, shownAtMs);
  if (approval === undefined) throw new Error("nobody can approve this");
  return approval;
};
const judge = (code: string, context: Partial<ApprovalContext> = {}) =>
  judgeApproval(code, { wanted: refused(), memory: "none", nowMs: now, ...context });
const remembered = (overrides: Partial<RememberedApprovals> = {}): RememberedApprovals => ({
  since: new Date(now - 7 * day).toISOString(),
  used: [],
  ...overrides,
});

describe("the code of a refused plan", () => {
  it("is 32 hexadecimal digits, a hyphen and the minute, and is told with the time at which it ends", () => {
    const { code, issuedAtMs, expiresAtMs } = refused(["deletions"], now + 59_999);
    expect(code).toMatch(/^[0-9a-f]{32}-[0-9a-z]+$/u);
    expect(Number.parseInt(code.split("-")[1] ?? "", 36) * minute).toBe(now);
    expect({ issuedAtMs, expiresAtMs }).toEqual({ issuedAtMs: now, expiresAtMs: now + day });
  });

  it("does not depend on the order of the guards, and is another one for another plan or other guards", () => {
    const { code } = refused(["deletions", "source-empty"]);
    expect(refused(["source-empty", "deletions"]).code).toBe(code);
    expect(refused(["deletions"]).code).not.toBe(code);
    expect(refused(["deletions", "source-empty"], now, "Other").code).not.toBe(code);
  });

  it.each<GuardName>(["permission-set-still-named", "protected"])(
    "is not given for what the guard %s refuses, and does not depend on it",
    (guard) => {
      const [audit, other] = [deleteSet("Audit"), deleteSet("Other")];
      const never = violation(guard, [other.id]);
      expect(issueApproval(judged([audit, other]), [never], now)).toBeUndefined();
      const both = [violation("deletions", [audit.id]), never];
      expect(issueApproval(judged([audit, other]), both, now)?.code).toBe(refused().code);
    },
  );

  it("does not depend on changes that nothing refuses, and does on what the refused ones are and do", () => {
    const grant = assign("ReadOnly", production, group("Developers"));
    const given = (others: readonly Change[], of: Partial<ActualState> = {}) =>
      issueApproval(
        { ...judged([grant, ...others]), actual: actualState(of) },
        [violation("administrator-grants", [grant.id])],
        now,
      )?.code;
    const code = given([]);
    expect(given([deleteSet("Audit"), assign("Other", production, user("anna"))])).toBe(code);
    expect(given([attachPolicy("ReadOnly", "arn:aws:iam::aws:policy/Billing")])).toBe(code);
    const set = { permissionSets: [managedSet("ReadOnly")] };
    expect(given([attachPolicy("ReadOnly", "arn:aws:iam::aws:policy/Billing")], set)).not.toBe(
      given([], set),
    );
    const members = new Map([[group("Developers").id, new Set([user("anna").id])]]);
    expect(given([], { directory: directory({ memberships: members }) })).not.toBe(code);
  });

  it("is not given for a plan that nothing refuses", () => {
    expect(issueApproval(judged([]), [], now)).toBeUndefined();
  });
});

describe("an approval", () => {
  const { code } = refused();

  it("counts for the plan that was refused, at once and until 24 hours later", () => {
    expect(judge(code)).toBeUndefined();
    expect(judge(code, { nowMs: now + day - 1 })).toBeUndefined();
    expect(judge(code, { nowMs: now + day })).toBe("expired");
  });

  it("counts whatever minute the refusal of now has in its own code", () => {
    expect(
      judge(code, { wanted: refused(["deletions"], now + 3 * minute), nowMs: now + 3 * minute }),
    ).toBeUndefined();
  });

  it("counts once", () => {
    const used = [{ code, usedAt: new Date(now + minute).toISOString() }];
    expect(judge(code, { memory: remembered(), nowMs: now + minute })).toBeUndefined();
    expect(judge(code, { memory: remembered({ used }), nowMs: now + 2 * minute })).toBe("used");
  });

  it("is used up with every code that was shown for the same plan until then, and with none shown later", () => {
    const used = [{ code, usedAt: new Date(now + 10 * minute).toISOString() }];
    const at = (minutes: number) => refused(["deletions"], now + minutes * minute).code;
    const context = { memory: remembered({ used }), nowMs: now + 30 * minute };
    expect(judge(at(5), context)).toBe("used");
    expect(judge(at(20), context)).toBeUndefined();
  });

  it("is told as used also when by now the plan is another one", () => {
    const used = [{ code, usedAt: new Date(now).toISOString() }];
    const wanted = refused(["deletions"], now, "Other");
    expect(judge(code, { wanted, memory: remembered({ used }) })).toBe("used");
  });

  it("does not count from the future", () => {
    expect(judge(code, { nowMs: now - 1 })).toBe("from-the-future");
  });

  it("does not count for another plan, other guards, or a plan that nobody can approve", () => {
    expect(judge(code, { wanted: refused(["deletions"], now, "Other") })).toBe("other-plan");
    expect(judge(code, { wanted: refused(["deletions", "source-empty"]) })).toBe("other-plan");
    expect(judge(code, { wanted: undefined })).toBe("never");
  });

  it("is explained when it is the hash of a plan, and refused when it is no code", () => {
    expect(judge(planOf([deleteSet("Audit")]).hash)).toBe("plan-hash");
    for (const text of [
      "",
      "all",
      `${code} `,
      `${code}-1`,
      code.slice(1),
      `${code.slice(0, 32)}-`,
      `${code}123456789`,
    ]) {
      expect(judge(text)).toBe("malformed");
    }
  });

  it("does not count when the memory was lost, or is younger than the code", () => {
    expect(judge(code, { memory: "lost" })).toBe("memory-lost");
    const memory = remembered({ since: new Date(now + minute).toISOString() });
    expect(judge(code, { memory, nowMs: now + 2 * minute })).toBe("memory-lost");
    const later = refused(["deletions"], now + minute).code;
    expect(judge(later, { memory, nowMs: now + 2 * minute })).toBeUndefined();
  });

  it("is guessed by none of 1,000 random codes, hashes and texts", () => {
    const digit = fc.constantFrom(...Array.from("0123456789abcdef"));
    const guess = fc
      .tuple(fc.string({ unit: digit, minLength: 20, maxLength: 20 }), fc.nat(2 * 24 * 60))
      .map(([plan, ago]) => `${plan}-${(Math.floor(now / minute) - ago + 24 * 60).toString(36)}`);
    const text = fc.oneof(guess, fc.string({ unit: digit, maxLength: 40 }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(text, (given) => {
        expect(judge(given)).toBeDefined();
      }),
      { numRuns: 1_000, seed: 20_261_120 },
    );
  });

  it("counts for just the plans and guards it was shown for, in 1,000 random cases", () => {
    const guards = fc.subarray<GuardName>(
      ["source-empty", "source-shrank", "deletions", "last-administrator"],
      {
        minLength: 1,
      },
    );
    const shown = fc.record({ guards, name: fc.constantFrom("Audit", "Billing", "Developer") });
    fc.assert(
      fc.property(shown, shown, fc.integer({ min: -day, max: 2 * day }), (given, wanted, laterMs) => {
        const approval = refused(given.guards, now, given.name);
        const context = { wanted: refused(wanted.guards, now + laterMs, wanted.name), nowMs: now + laterMs };
        const same =
          given.name === wanted.name && given.guards.toSorted().join() === wanted.guards.toSorted().join();
        const counts = same && laterMs >= 0 && laterMs < day;
        expect(judge(approval.code, context) === undefined).toBe(counts);
      }),
      { numRuns: 1_000, seed: 20_261_120 },
    );
  });
});

describe("where whoever writes records may not approve them", () => {
  const savedBy = (code: string, id: string) =>
    recordRef({ app: "assignments", id, modifier: { code, name: code } });
  const asked = assign("Admin", production, user("anna"), {
    records: [savedBy("hanako", "1"), savedBy("taro", "2")],
  });
  const harmless = assign("ReadOnly", production, user("anna"), { records: [savedBy("kenta", "3")] });
  const plan = judged([asked, harmless]);
  const violations = [violation("administrator-grants", [asked.id])];
  const approve = issueApproval(plan, violations, now)?.code;
  const separation = {
    people: { "Octo-Hanako": "Hanako", "octo-taro": "taro", "octo-kenta": "kenta", "octo-yui": "yui" },
  };
  const approvedBy = (approver: string | undefined) =>
    judgeViolations(plan, violations, { approve, approver, separation, nowMs: now });

  it.each(["octo-hanako", "OCTO-HANAKO", "octo-taro"])(
    "%s, who saved one of the records last, approves nothing that is refused because of them",
    (login) => {
      expect(approvedBy(login)).toMatchObject({ violations, rejectedApproval: "own-record" });
    },
  );

  it.each(["octo-yui", "octo-kenta"])("%s, who saved none of those, does", (login) => {
    expect(approvedBy(login)).toMatchObject({ violations: [], grantedApproval: { code: approve } });
  });

  it.each([undefined, "octo-stranger", "hanako"])("nobody does who is not known in kintone: %s", (login) => {
    expect(approvedBy(login)).toMatchObject({ violations, rejectedApproval: "approver-unknown" });
  });

  it("says of a code that does not count why, whoever gives it", () => {
    const other = judgeViolations(plan, violations, {
      approve: refused().code,
      approver: "octo-yui",
      separation,
      nowMs: now,
    });
    expect(other).toMatchObject({ rejectedApproval: "other-plan" });
  });
});

it("anybody approves whose code it is, unless the configuration asks for two people", () => {
  const change = deleteSet("Audit");
  const violations = [violation("deletions", [change.id])];
  const { code } = refused();
  expect(judgeViolations(judged([change]), violations, { approve: code, nowMs: now }).violations).toEqual([]);
});
