import { readFileSync } from "node:fs";

import { Cron } from "croner";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { chooseWebIdentity } from "../../src/aws/web-identity.ts";

interface Step {
  readonly script?: string;
  readonly task?: string;
  readonly checkout?: string;
  readonly persistCredentials?: boolean;
  readonly target?: unknown;
  readonly env?: Readonly<Record<string, string>>;
}

interface Pipeline {
  readonly trigger: string;
  readonly pr: string;
  readonly schedules: readonly {
    readonly cron: string;
    readonly always: boolean;
    readonly branches: unknown;
  }[];
  readonly lockBehavior: string;
  readonly stages: readonly [
    {
      readonly condition: string;
      readonly jobs: readonly [
        {
          readonly environment: string;
          readonly timeoutInMinutes: number;
          readonly strategy: { readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } } };
        },
      ];
    },
  ];
}

const pipeline = parse(readFileSync("infra/azure-pipelines.yml", "utf8")) as Pipeline;
const [{ jobs, condition }] = pipeline.stages;
const [job] = jobs;
const { steps } = job.strategy.runOnce.deploy;

describe("the Azure pipeline", () => {
  it("runs every 12 minutes, within the 1,000 runs a week and 10 in a quarter of an hour", () => {
    const [schedule] = pipeline.schedules;
    const monday = new Date("2026-11-16T00:00:00Z");
    const runs = new Cron(schedule?.cron ?? "", { timezone: "UTC" }).nextRuns(1100, monday);
    const inAWeek = runs.filter((run) => run.getTime() < monday.getTime() + 7 * 86_400_000);
    expect(inAWeek).toHaveLength(840);
    expect(runs.slice(0, 6).map((run) => run.getUTCMinutes())).toEqual([7, 19, 31, 43, 55, 7]);
  });

  it("runs also when nothing was committed, and for nothing but the schedule or a person", () => {
    expect(pipeline.schedules).toMatchObject([{ always: true, branches: { include: ["main"] } }]);
    expect([pipeline.trigger, pipeline.pr]).toEqual(["none", "none"]);
    expect(condition).toContain("'refs/heads/main'");
  });

  it("never runs twice at once: its environment has the lock, and every run waits for its turn", () => {
    expect(job.environment).toBe("kintone-sso-sync");
    expect(pipeline.lockBehavior).toBe("sequential");
  });

  it("lets no line of a log be a command of the agent", () => {
    for (const step of steps.filter(({ script }) => script !== undefined)) {
      expect(step.target).toEqual({ commands: "restricted", settableVariables: "none" });
    }
  });

  it("has nothing in a script that somebody else could have written", () => {
    for (const { script = "" } of steps) expect(script).not.toMatch(/\$[({[]/u);
  });

  it("keeps no credentials in the checkout, and installs without running packages' scripts", () => {
    expect(steps.find(({ checkout }) => checkout !== undefined)?.persistCredentials).toBe(false);
    expect(steps.some(({ script }) => script?.startsWith("npm ci --ignore-scripts") === true)).toBe(true);
  });

  it("gives the service what it takes to get a token, and no key", () => {
    const { env = {} } = steps.find(({ script }) => script?.includes(" sync") === true) ?? {};
    const given = Object.fromEntries(Object.keys(env).map((name) => [name, "given"]));
    const identity = chooseWebIdentity({
      ...given,
      AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/kintone-sso-sync",
      TF_BUILD: "True",
      SYSTEM_OIDCREQUESTURI: "https://dev.azure.com/acme/oidctoken",
    });
    expect(identity?.source.host).toBe("Azure DevOps");
    expect(env["SYSTEM_ACCESSTOKEN"]).toBe("$(System.AccessToken)");
    expect(Object.keys(env).filter((name) => /ACCESS_KEY/u.test(name))).toEqual([]);
  });

  it("ends before the credentials of one session do", () => {
    expect(job.timeoutInMinutes).toBeLessThan(60);
  });
});
