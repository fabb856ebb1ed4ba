import { PassError } from "../../errors.ts";
import type { AppMaker } from "../../kintone/app-settings.ts";

/** Numbers of apps rise, with gaps where apps were deleted. */
const longestGap = 30;
const mostLooks = 300;

/**
 * The app that kintone made although its answer was lost: no list has it before its first deploy, but who made it can
 * read its settings. Undefined when kintone made none. Throws a PassError, also when that cannot be told.
 */
export async function findLostApp(
  { maker }: { readonly maker: AppMaker },
  name: string,
  after: number,
): Promise<number | undefined> {
  let gap = 0;
  for (let app = after + 1; app <= after + mostLooks; app += 1) {
    const found = await nameOf(maker, app);
    if (found === name) return app;
    gap = found === undefined ? gap + 1 : 0;
    if (gap === longestGap) return undefined;
  }
  throw new PassError("kintone.app-answer-lost", { name });
}

/** Undefined where there is no app; empty for an app of others. */
async function nameOf(maker: AppMaker, app: number): Promise<string | undefined> {
  try {
    return await maker.readName(app);
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    if (error.code === "kintone.app-not-found") return undefined;
    if (error.code === "kintone.no-permission") return "";
    throw error;
  }
}
