import {
  type AccountId,
  accountId,
  type PermissionSetArn,
  permissionSetArn,
  permissionSetName,
  principalId,
} from "../../src/model/ids.ts";
import type { Change, ChangeKind } from "../../src/model/plan.ts";
import type { OperationStatus, StartResult } from "../../src/ports.ts";
import type { Scene } from "./organization.ts";

type ChangeOf<Kind extends ChangeKind> = Extract<Change, { kind: Kind }>;
type SetKind = Exclude<ChangeKind, "provision" | "assign" | "unassign">;

/** A change of a permission set itself. */
export function setChange<Kind extends SetKind>(
  kind: Kind,
  permissionSet: string,
  sides: Pick<ChangeOf<Kind>, "before" | "after"> | object = {},
): Change {
  const target = { permissionSet: permissionSetName(permissionSet) };
  const change = { id: `${kind}/${permissionSet}`, kind, target, records: [], dependsOn: [], accounts: [] };
  return { ...change, ...sides } as unknown as Change;
}

/** A change of who may use a set in an account; users are named by user name. */
export function assignmentChange(
  scene: Scene,
  kind: "assign" | "unassign",
  permissionSet: string,
  account: string,
  userName: string,
): Change {
  return {
    id: `${kind}/${permissionSet}/${account}/${userName}`,
    kind,
    target: {
      permissionSet: permissionSetName(permissionSet),
      account: accountId(account),
      principal: { type: "USER", id: principalId(scene.sandbox.state.userId(userName)) },
    },
    records: [],
    dependsOn: [],
    accounts: [accountId(account)],
  };
}

/** The provisioning of a set in one account or in all. */
export function provisionChange(permissionSet: string, account: string): Change {
  const to: AccountId | "all" = account === "all" ? "all" : accountId(account);
  return {
    id: `provision/${permissionSet}/${account}`,
    kind: "provision",
    target: { permissionSet: permissionSetName(permissionSet), account: to },
    records: [],
    dependsOn: [],
    accounts: [],
  };
}

/** The ARN of a set that the sandbox has. */
export function arnOf(scene: Scene, permissionSet: string): PermissionSetArn {
  return permissionSetArn(scene.sandbox.state.permissionSet(permissionSet).arn);
}

/** Starts a change of a set that the sandbox has. */
export function start(scene: Scene, change: Change): Promise<StartResult> {
  return scene.center.startChange(change, arnOf(scene, change.target.permissionSet));
}

/** Asks for the operation that a change has started until it is over. */
export async function outcomeOf(scene: Scene, result: StartResult): Promise<OperationStatus> {
  if (result.status !== "in-progress") throw new Error(`Nothing is in progress: ${JSON.stringify(result)}`);
  for (;;) {
    const status = await scene.center.describeOperation(result.operation);
    if (status.status !== "in-progress") return status;
  }
}
