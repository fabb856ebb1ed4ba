import type { Change } from "../model/plan.ts";

/** Says which changes may be started as others end, however they end. */
export interface Gates {
  /** The changes that wait for nothing. */
  readonly open: readonly Change[];
  /** Those that waited for nothing but this change. */
  end(change: Change): readonly Change[];
}

/**
 * What waits for what, as gates that are closed by changes and open once all of those have ended:
 *
 *     definition of a set, one change after another ─┬─► provision the set in an account ─► assign it there
 *                                                    └─► assign it elsewhere
 *     what a person moves to in an account ─► what is taken from the person there
 *
 * Beside that, a change waits for those it depends on, and the deletion of a set for all that goes on with it. What is
 * taken away and is part of no move waits for nothing.
 */
export function buildGates(changes: readonly Change[]): Gates {
  const places = placesOf(changes);
  const gates = new Map<string, { left: number; readonly waiting: Change[] }>();
  const closed = new Map<Change, number>();
  const gateOf = (name: string) => {
    const gate = gates.get(name) ?? { left: 0, waiting: [] };
    gates.set(name, gate);
    return gate;
  };
  for (const change of changes) for (const name of gatesClosedBy(change, places)) gateOf(name).left += 1;
  for (const change of changes) {
    const waits = gatesBefore(change, places)
      .map(gateOf)
      .filter(({ left }) => left > 0);
    for (const { waiting } of waits) waiting.push(change);
    closed.set(change, waits.length);
  }

  const end = (name: string): readonly Change[] => {
    const gate = gateOf(name);
    gate.left -= 1;
    if (gate.left > 0) return [];
    return gate.waiting.filter((change) => {
      const left = (closed.get(change) ?? 0) - 1;
      closed.set(change, left);
      return left === 0;
    });
  };

  return {
    open: changes.filter((change) => closed.get(change) === 0),
    end: (change) => gatesClosedBy(change, places).flatMap(end),
  };
}

/** Whether AWS updates roles in accounts for the change. */
export function isInAccount({ accounts }: Change): boolean {
  return accounts.length > 0;
}

/** By id of a change that defines a set: the set, and the change of the same set before it. */
type Places = ReadonlyMap<string, { readonly permissionSet: string; readonly previous?: string }>;

/** What defines a set is neither in an account nor after something there, as a set's deletion is. */
function placesOf(changes: readonly Change[]): Places {
  const inAccounts = new Set(changes.filter(isInAccount).map(({ id }) => id));
  const places = new Map<string, { permissionSet: string; previous?: string }>();
  const last = new Map<string, string>();
  for (const change of changes) {
    const { id, kind, target, dependsOn } = change;
    const isLast = kind === "delete-permission-set" || dependsOn.some((before) => inAccounts.has(before));
    if (isInAccount(change) || isLast) continue;
    const previous = last.get(target.permissionSet);
    const { permissionSet } = target;
    places.set(id, previous === undefined ? { permissionSet } : { permissionSet, previous });
    last.set(permissionSet, id);
  }
  return places;
}

function gatesClosedBy(change: Change, places: Places): readonly string[] {
  const { id, kind, accounts, target } = change;
  const own = `change ${id}`;
  if (places.has(id)) return [own, `definition ${target.permissionSet}`];
  if (!isInAccount(change)) return [own];
  const here =
    kind === "provision" ? accounts.map((account) => `provision ${target.permissionSet} ${account}`) : [];
  return [own, `accounts ${target.permissionSet}`, ...here];
}

function gatesBefore(change: Change, places: Places): readonly string[] {
  const { id, kind, accounts, dependsOn, target } = change;
  const { permissionSet } = target;
  if (kind === "unassign") return [...dependsOn, ...(change.movesTo ?? [])].map((one) => `change ${one}`);
  const place = places.get(id);
  const elsewhere = dependsOn.filter((one) => places.get(one)?.permissionSet !== permissionSet);
  const gates = elsewhere.map((one) => `change ${one}`);
  if (place !== undefined) {
    return place.previous === undefined ? gates : [...gates, `change ${place.previous}`];
  }
  gates.push(`definition ${permissionSet}`);
  if (kind === "delete-permission-set") gates.push(`accounts ${permissionSet}`);
  if (kind === "provision") return gates;
  return [...gates, ...accounts.map((account) => `provision ${permissionSet} ${account}`)];
}
