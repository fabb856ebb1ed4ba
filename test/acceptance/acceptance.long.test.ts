import { expect, it } from "vitest";

import { measuredSteps, type MeasuredStep } from "../../src/model/acceptance.ts";
import { openBeliefs } from "../../src/sandbox/beliefs.ts";
import { writesTo } from "../e2e/with-sandbox.ts";
import { accept, withAcceptance } from "./accept.ts";

const settled = new Set(
  Object.values<MeasuredStep>(measuredSteps).flatMap(({ beliefs }) => Object.keys(beliefs)),
);
const measured = openBeliefs.filter((name) => settled.has(name));

it.each(measured)("a tenant in which %s is not so is told from one in which it is", async (name) => {
  await withAcceptance(
    async (world) => {
      const { report } = await accept(world);
      const verdicts = report?.steps.flatMap(({ beliefs }) => Object.entries(beliefs)) ?? [];
      expect(Object.fromEntries(verdicts)[name]).toBe("other");
      expect(report?.leftNothing).toBe(true);
      expect(world.aws.state.permissionSets()).toEqual([]);
    },
    { others: new Set([name]), measures: true },
  );
});

const everyWrites = Array.from({ length: 12 }, (_, index) => index * 6);

it.each(everyWrites)("killed after %i writes, the next run takes all away", async (count) => {
  await withAcceptance(async (world) => {
    const body = { __type: "AccessDeniedException", message: "killed" };
    world.aws.failures.add({ match: () => writesTo(world).length > count, respond: { status: 400, body } });
    await accept(world);
    world.aws.failures.clear();
    expect((await accept(world)).report?.leftNothing).toBe(true);
    expect(world.aws.state.permissionSets()).toEqual([]);
  });
});
