import { describe, expect, it } from "vitest";

import { createPolicyAnalyzer } from "../../src/aws/policy-analyzer.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { organization, type Scene, startScene } from "./organization.ts";

const wideOpen = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }
  ]
}`;
const unknownService =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s4:GetObject","Resource":"*"}]}';
const sound =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}';

const analyzerOf = ({ clients }: Scene, language: "ja" | "en" = "en") =>
  createPolicyAnalyzer({ client: clients.accessAnalyzer, clock: acceleratedClock(1_000), language });

describe("the policy analyzer", () => {
  it("finds nothing in a sound policy", async () => {
    const scene = await startScene({ seed: organization() });
    expect(await analyzerOf(scene).analyzePolicy(sound)).toEqual({ kind: "analyzed", findings: [] });
  });

  it("tells a security warning with the line and column where it begins, both counted from 1", async () => {
    const scene = await startScene({ seed: organization() });
    const analysis = await analyzerOf(scene).analyzePolicy(wideOpen);
    expect(analysis).toMatchObject({
      kind: "analyzed",
      findings: [{ type: "SECURITY_WARNING", position: { line: 4 } }],
    });
    const position = analysis.kind === "analyzed" ? analysis.findings[0]?.position : undefined;
    const line = wideOpen.split("\n")[3] ?? "";
    expect(line.slice((position?.column ?? 0) - 1)).toMatch(/^["[{]/u);
  });

  it("speaks the language that is asked for", async () => {
    const scene = await startScene({ seed: organization() });
    const inJapanese = await analyzerOf(scene, "ja").analyzePolicy(unknownService);
    const inEnglish = await analyzerOf(scene, "en").analyzePolicy(unknownService);
    expect(inJapanese).toMatchObject({
      findings: [{ type: "ERROR", details: expect.stringMatching(/\p{sc=Hiragana}/u) }],
    });
    expect(inEnglish).toMatchObject({
      findings: [{ type: "ERROR", details: expect.stringMatching(/^[\x20-\x7E]+$/u) }],
    });
  });

  it.each([
    [
      "the permission is missing",
      { status: 403, body: { __type: "AccessDeniedException", message: "not authorized" } },
    ],
    ["the service is down", { status: 503, body: "unavailable" }],
    ["the answer has no findings", { status: 200, body: {} }],
  ])("says that it is unavailable, and does not throw, when %s", async (_when, respond) => {
    const scene = await startScene({ seed: organization() });
    scene.sandbox.failures.add({ match: ({ service }) => service === "access-analyzer", respond });
    const analysis = await analyzerOf(scene).analyzePolicy(sound);
    expect(analysis).toMatchObject({ kind: "unavailable", reason: expect.stringMatching(/\w/u) });
  });

  it("counts its requests as access analyzer's", async () => {
    const scene = await startScene({ seed: organization() });
    await analyzerOf(scene).analyzePolicy(sound);
    expect(scene.attempts).toEqual([
      { service: "accessanalyzer", operation: "ValidatePolicy", errorName: undefined },
    ]);
  });
});
