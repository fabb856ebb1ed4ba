import type { Memory, PeopleMemory } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";

/**
 * Whom the names of people and groups in records mean. Names that no record gives any more are forgotten, unless a record
 * could not be read that may give them; what another pass has seen meanwhile counts for more.
 */
export function rememberPeople(
  memory: Memory,
  { actual, desired }: Pass,
  isOvertaken: boolean,
): Required<PeopleMemory> {
  const isSame = memory.instanceArn === actual.instance.arn;
  const { holders = {}, formerHolders = {} } = isSame ? memory : {};
  const now = desired.people;
  if (isOvertaken) {
    return {
      holders: { ...now.holders, ...holders },
      formerHolders: { ...now.formerHolders, ...formerHolders },
    };
  }
  const unread = desired.issues.some(({ field }) => field === "users" || field === "groups");
  return { ...now, holders: unread ? { ...holders, ...now.holders } : now.holders };
}
