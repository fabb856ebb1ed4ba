import { appFlags } from "./init-options.ts";
import type { AppLook, Making } from "./make-apps.ts";

interface Namesake {
  readonly name: string;
  readonly app: number;
  /** The flag that would take it instead. */
  readonly flag: string;
}

/** Apps of others that are called as one that would be made. Throws a PassError. */
export async function namesakesOf(
  { maker }: Making,
  looks: readonly AppLook[],
): Promise<readonly Namesake[]> {
  const toMake = looks.filter(({ app }) => app === undefined);
  const known = new Set(looks.map(({ app }) => app));
  const found = await Promise.all(
    toMake.map(async ({ kind, description: { name } }) => {
      const apps = (await maker.findApps(name)).filter((one) => one.name === name && !known.has(one.app));
      return apps.map(({ app }) => ({ name, app, flag: appFlags[kind] }));
    }),
  );
  return found.flat();
}
