import { planPass, type ServiceWiring } from "../../../wiring/run-pass.ts";
import { createScrubber, scrubTexts, secretTexts } from "../../../process/secret-scrubber.ts";
import { summarisePass } from "../../../report/pages/service-pages.ts";
import { describePassError } from "../../../words/pass-errors.ts";
import { readAccess } from "../../access/read-access.ts";
import type { PassHistory } from "./pass-history.ts";
import type { PagesContent } from "./page-routes.ts";

/** What the pages show and who may see it, as configured; undefined where there are none. */
export function pagesOf(wiring: ServiceWiring, history: PassHistory): PagesContent | undefined {
  const { config, secrets, clock, surroundings } = wiring;
  const { serve, language, timezone: timeZone } = config;
  if (!serve.pages) return undefined;
  const scrub = createScrubber(secretTexts(secrets, surroundings.environment));
  return {
    reader: { language, timeZone },
    isLoopback: /^(?:127(?:\.\d+){3}|::1|localhost)$/u.test(serve.host),
    signIn: {
      nowMs: () => clock.now(),
      token: secrets.pagesToken,
      header:
        serve.signInHeader === undefined
          ? undefined
          : { name: serve.signInHeader, proxies: serve.trustProxy, secret: secrets.proxySecret },
    },
    history,
    readAccess: async () => {
      const read = await readAccess(wiring);
      if (read.kind === "read") return scrubTexts(read.report, scrub);
      if (read.kind === "no-pass") return summarisePass(read.report, language).text;
      const { message, hint } = describePassError(read.error, language);
      return scrub(`${message}\n${hint}`);
    },
    readPlan: async () => summarisePass((await planPass({ ...wiring, full: true })).report, language).text,
  };
}
