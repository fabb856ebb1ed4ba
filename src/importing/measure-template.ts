import type { Config, UserMatching } from "../model/config.ts";
import type { User } from "../model/directory.ts";
import { foldCase } from "../model/text.ts";

/** How login names of kintone become people of the directory, and how many are found in that way. */
export interface MeasuredTemplate extends UserMatching {
  readonly found: number;
  /** Login names that were tried. */
  readonly of: number;
}

/** The setting with which most login names are found; of equal ones the simplest. */
export function measureTemplate(logins: readonly string[], users: readonly User[]): MeasuredTemplate {
  const names = { userName: namesOf(users, "userName"), email: namesOf(users, "email") };
  const candidates = (["userName", "email"] as const).flatMap((userMatch) =>
    ["", ...endingsOf(names[userMatch])].map((ending) => ({ userMatch, ending })),
  );
  const measured = candidates.map(({ userMatch, ending }): MeasuredTemplate => {
    const found = logins.filter((login) => names[userMatch].has(foldCase(spell(login, ending))));
    return { userTemplate: `{code}${ending}`, userMatch, found: found.length, of: logins.length };
  });
  const plain = { userTemplate: "{code}", userMatch: "userName", found: 0, of: logins.length } as const;
  return measured.reduce<MeasuredTemplate>((best, one) => (one.found > best.found ? one : best), plain);
}

/** A login name that is an address already is taken as it is. */
function spell(login: string, ending: string): string {
  return login.includes("@") ? login : login + ending;
}

function namesOf(users: readonly User[], match: Config["principals"]["userMatch"]): ReadonlySet<string> {
  const names = users.flatMap(({ userName, emails }) => (match === "userName" ? [userName] : emails));
  return new Set(names.map(foldCase));
}

/** What follows the at signs, most frequent first. */
function endingsOf(names: ReadonlySet<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const at = name.indexOf("@");
    if (at > 0) counts.set(name.slice(at), (counts.get(name.slice(at)) ?? 0) + 1);
  }
  return [...counts].toSorted(([, left], [, right]) => right - left).map(([ending]) => ending);
}
