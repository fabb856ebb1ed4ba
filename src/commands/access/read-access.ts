import { PassError } from "../../errors.ts";
import type { AccessReport } from "../../model/access-report.ts";
import type { Pass } from "../../model/pass.ts";
import type { RunReport } from "../../model/run-report.ts";
import { recordUrls } from "../../report/record-urls.ts";
import { buildAccessReport } from "../../report/who-has-what/build-access-report.ts";
import { planPass, type PlanPassInput } from "../../wiring/run-pass.ts";
import { readRestOfAccess } from "./read-rest.ts";

export type ReadAccess =
  | { readonly kind: "read"; readonly report: AccessReport; readonly pass: Pass }
  /** kintone or what a pass reads could not be read. */
  | { readonly kind: "no-pass"; readonly report: RunReport }
  /** What a pass leaves alone could not be read. */
  | { readonly kind: "failed"; readonly error: PassError };

/** Who has what, all of it or the reason why it could not be read. */
export async function readAccess(input: PlanPassInput): Promise<ReadAccess> {
  const { report, pass, identityCenter } = await planPass({ ...input, full: true, readsAllMembers: true });
  if (pass === undefined || identityCenter === undefined) return { kind: "no-pass", report };
  try {
    const rest = await readRestOfAccess(pass, identityCenter);
    const { owner, kintone } = input.config;
    const about = { nowMs: input.clock.now(), owner, recordUrl: recordUrls(kintone) };
    return { kind: "read", pass, report: buildAccessReport(pass, rest, about) };
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    return { kind: "failed", error };
  }
}
