import { fetchIdToken } from "../../aws/id-token.ts";
import { readTokenClaims } from "../../aws/token-claims.ts";
import { tokenSourceIn } from "../../aws/web-identity.ts";
import type { Clock } from "../../ports.ts";
import type { Surroundings } from "../../process/process-face.ts";
import { proxyAgents } from "../../wiring/aws-proxy.ts";
import { type Check, found } from "./run-checks.ts";
import { learnSecrets } from "../../process/secret-scrubber.ts";

const tokenVariables = ["ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"];

/** Fetches a token of the CI job and shows what a trust policy has to match. */
export function oidcCheck(surroundings: Surroundings, clock: Clock): Check {
  const { environment } = surroundings;
  return {
    subject: { check: "oidc-token" },
    look: async () => {
      const isOffered = tokenVariables.some((name) => (environment[name] ?? "") !== "");
      const source = isOffered ? tokenSourceIn(environment) : undefined;
      if (source === undefined) return found("skipped", "oidc.none", {});
      const token = await fetchIdToken(source, { clock, agentFor: proxyAgents(surroundings) });
      learnSecrets([token]);
      return found("passed", "oidc.token", readTokenClaims(token));
    },
  };
}
