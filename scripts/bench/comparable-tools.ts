import type { CompanySize } from "./company.ts";

/** Sso-admin calls that comparable tools need for a pass without a single change, by what their sources do (100 items a page). */
export function comparableCalls({
  accounts: a,
  sets: p,
  pairs: k,
  assignments: n,
}: CompanySize): Readonly<Record<string, number>> {
  const pages = Math.ceil(p / 100);
  return {
    "terraform plan": n + p * 5,
    "iambic import": 1 + pages + p + 5 * p + p + k,
    "aws-identitycenter-codepipeline": pages + 9 * p + 2 * k + pages + 3 * p + a * p,
    "sso-elevator check": pages + p + a * p,
    "aws-sso-util admin assignments": a + k + p,
  };
}
