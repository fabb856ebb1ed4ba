import { describe, expect, it } from "vitest";

import { callPatiently } from "../../src/aws/call.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";

function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $fault: "client", $metadata: { attempts: 1 } });
}

async function callRefused(operation: string, error: Error, times = Number.POSITIVE_INFINITY) {
  const clock = createVirtualClock(0);
  let sent = 0;
  const send = () => {
    sent += 1;
    return sent <= times ? Promise.reject(error) : Promise.resolve("answer");
  };
  const result = await callPatiently(operation, send, clock);
  return { result, sent, sleeps: clock.sleeps, waitedMs: clock.now() };
}

const inProcess = refusal("ConflictException", "There is a conflicting operation in process.");

describe("a call that is refused", () => {
  it.each([
    ["ThrottlingException", "Rate exceeded"],
    ["ThrottlingException", "There are too many requests processing. Please try again later."],
    ["TooManyRequestsException", "You have sent too many requests in too short a time."],
  ])("waits out %s: %s", async (name, message) => {
    const { result, sent } = await callRefused("ListPermissionSets", refusal(name, message), 3);
    expect(result).toEqual({ ok: true, answer: "answer" });
    expect(sent).toBe(4);
  });

  it.each(["CreateAccountAssignment", "ProvisionPermissionSet", "AttachManagedPolicyToPermissionSet"])(
    "waits out a conflicting operation in %s",
    async (operation) => {
      const { result } = await callRefused(operation, inProcess, 2);
      expect(result.ok).toBe(true);
    },
  );

  it("waits out any conflict where AWS knows only passing ones", async () => {
    const { result } = await callRefused(
      "UpdatePermissionSet",
      refusal("ConflictException", "Try again."),
      1,
    );
    expect(result.ok).toBe(true);
  });

  it.each([
    ["CreatePermissionSet", refusal("ConflictException", "PermissionSet with name Dev already exists.")],
    ["AttachManagedPolicyToPermissionSet", refusal("ConflictException", "It already has an attachment")],
    ["CreateAccountAssignment", refusal("AccessDeniedException", "not authorized")],
    ["CreateAccountAssignment", refusal("ServiceQuotaExceededException", "too many groups")],
    ["PutInlinePolicyToPermissionSet", refusal("ValidationException", "Invalid PermissionsPolicy Document")],
  ])("does not ask again when %s is refused for good", async (operation, error) => {
    const { result, sent, sleeps } = await callRefused(operation, error);
    expect(result).toEqual({ ok: false, error, attempts: 1 });
    expect(sent).toBe(1);
    expect(sleeps).toEqual([]);
  });

  it.each([
    ["ListPermissionSets", refusal("ThrottlingException", "Rate exceeded"), 120_000],
    ["CreateAccountAssignment", inProcess, 120_000],
    ["DeletePermissionSet", refusal("ConflictException", "Could not delete because it is in use"), 300_000],
  ])("gives up on %s in time", async (operation, error, longestMs) => {
    const { result, sent, waitedMs } = await callRefused(operation, error);
    expect(result).toEqual({ ok: false, error, attempts: sent });
    expect(waitedMs).toBeLessThanOrEqual(longestMs);
    expect(waitedMs).toBeGreaterThan(longestMs / 2);
  });

  it("waits longer each time, at most half of it by chance", async () => {
    const { sleeps } = await callRefused("ListUsers", refusal("ThrottlingException", "Rate exceeded"), 6);
    const longest = [1000, 2000, 4000, 8000, 16_000, 20_000];
    expect(sleeps).toHaveLength(6);
    for (const [index, sleepMs] of sleeps.entries()) {
      expect(sleepMs).toBeLessThanOrEqual(longest[index] ?? 0);
      expect(sleepMs).toBeGreaterThanOrEqual((longest[index] ?? 0) / 2);
    }
  });
});
