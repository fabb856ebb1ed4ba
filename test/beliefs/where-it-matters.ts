import type { Random } from "../../scripts/prove/foreign/random.ts";
import type { Belief } from "../../src/sandbox/beliefs.ts";
import { accountIds, foreignSet } from "../simulation/company.ts";
import { furtherPolicies, labGrants, withdrawnPolicy } from "./company-under-belief.ts";
import { labIds } from "./labs.ts";
import {
  editAssignment,
  editSet,
  type Happening,
  isOurs,
  removeAssignmentRecord,
  type Scene,
} from "./random-happening.ts";

/**
 * What no pass ever asks AWS for, nor an update without a description, so that no story can see it; `doctor --acceptance`
 * does, and a test that it tells of each.
 */
export const unasked: ReadonlySet<Belief> = new Set([
  "attribute-path-case",
  "description-stays",
  "principal-for-delegated",
  "status-rows-stay",
  "user-name-case",
]);

const pretty = JSON.stringify(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
  null,
  2,
);

/** Days on which it shows whether a belief holds, where ordinary ones do not show it. */
const days: Partial<Readonly<Record<Belief, Happening>>> = {
  "relay-state-cleared": changeByHand({ relayState: "https://console.aws.amazon.com/" }),
  "inline-policy-as-written": changeByHand({ inlinePolicy: pretty }),
  "managed-policy-at-attach": (random, scene) => editSet(random, scene, { policies: [withdrawnPolicy] }),
  "policies-per-set": (random, scene) => editSet(random, scene, { policies: furtherPolicies }),
  "outstanding-fifteen": (random, scene) =>
    editAssignment(random, scene, { accounts: Object.keys(labIds), users: ["ben"] }),
  "deletions-are-outstanding": (random, scene) => {
    editAssignment(random, scene, { accounts: Object.keys(accountIds).slice(1, 4), users: ["anna", "chie"] });
    scene.before("CreateAccountAssignment", () => {
      for (const grant of labGrants) scene.state.startRemoving(foreignSet, grant);
    });
  },
  "missing-assignment-deletion": (random, scene) => {
    removeAssignmentRecord(random, scene);
    scene.before("DeleteAccountAssignment", () => takeAllByHand(scene));
  },
  "provision-where-never": (random, scene) => {
    for (const _set of scene.kintone.records().sets) editSet(random, scene, { hours: 1 + random.below(12) });
    scene.before("ProvisionPermissionSet", () => takeAllByHand(scene));
  },
  "wrong-region": (_random, { elsewhere }) => elsewhere(),
};

/** Lets a day come on which it shows whether the belief holds. */
export function letMatter(belief: Belief | undefined, random: Random, scene: Scene): void {
  if (belief !== undefined) days[belief]?.(random, scene);
}

function changeByHand(change: Parameters<Scene["state"]["changePermissionSet"]>[1]): Happening {
  return (random, { state }) => {
    const own = state.permissionSets().filter(({ name }) => isOurs(name));
    if (own.length > 0) state.changePermissionSet(random.pick(own).name, change);
  };
}

function takeAllByHand({ state }: Scene): void {
  for (const { permissionSet, ...assignment } of state.assignments()) {
    if (isOurs(permissionSet)) state.removeAssignment(permissionSet, assignment);
  }
}
