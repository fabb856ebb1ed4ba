import { CreatePermissionSetCommand, type SSOAdminClient } from "@aws-sdk/client-sso-admin";

import { type PermissionSetArn, permissionSetArn, requestId } from "../model/ids.ts";
import { sameOwnership, type Tags } from "../model/ownership.ts";
import type { Change } from "../model/plan.ts";
import type { Clock, StartResult } from "../ports.ts";
import { callPatiently, type FailedCall } from "./call.ts";
import { describePermissionSet, readPermissionSetArns, readTags } from "./permission-sets.ts";
import { createReader } from "./reader.ts";
import { attributesInput, required, tagsInput } from "./set-request.ts";
import { errorName, toFailureReason } from "./translate-error.ts";

/** What a write needs beside the change. */
export interface WriteContext {
  readonly client: SSOAdminClient;
  readonly clock: Clock;
  readonly instanceArn: string;
}

type Creation = Extract<Change, { kind: "create-permission-set" }>;

/** Creates a set with its tags and attributes in one request, so that there is never a set of ours without its owner. */
export async function createPermissionSet(context: WriteContext, change: Creation): Promise<StartResult> {
  const { client, clock, instanceArn } = context;
  const send = () => {
    const { attributes, tags } = required(change.after);
    return client.send(
      new CreatePermissionSetCommand({
        InstanceArn: instanceArn,
        Name: change.target.permissionSet,
        Tags: tagsInput(tags),
        ...attributesInput(attributes),
      }),
    );
  };
  const result = await callPatiently("CreatePermissionSet", send, clock);
  if (!result.ok) return resultOfRefusal(context, change, result);
  const arn = result.answer.PermissionSet?.PermissionSetArn;
  if (arn === undefined) return incompleteAnswer("CreatePermissionSet answered without an ARN.");
  const { requestId: id } = result.answer.$metadata;
  return {
    status: "done",
    permissionSetArn: permissionSetArn(arn),
    ...(id === undefined ? {} : { requestId: requestId(id) }),
  };
}

/** The result of a write whose answer does not say enough to go on. */
export function incompleteAnswer(message: string): StartResult {
  return { status: "failed", reason: { code: "incomplete-answer", message } };
}

// A set that has just been created may be missing from the list for a moment.
const searchDelaysMs = [1_000, 2_000, 4_000];

/** A name that is taken may be taken by an attempt whose answer was lost, or by another pass for the same record. */
async function resultOfRefusal(
  context: WriteContext,
  change: Creation,
  { error }: FailedCall,
): Promise<StartResult> {
  const reason = toFailureReason(error);
  if (errorName(error) !== "ConflictException") return { status: "failed", reason };
  let found = await findPermissionSet(context, change.target.permissionSet);
  for (const delayMs of searchDelaysMs) {
    if (found !== undefined) break;
    await context.clock.sleep(delayMs);
    found = await findPermissionSet(context, change.target.permissionSet);
  }
  const { tags } = required(change.after);
  const arn = found !== undefined && sameOwnership(found.tags, tags) ? found.arn : undefined;
  return arn === undefined ? { status: "failed", reason } : { status: "done", permissionSetArn: arn };
}

/** The set of the name with its tags; undefined when it is not found or AWS does not answer. */
async function findPermissionSet(
  { client, clock, instanceArn }: WriteContext,
  name: string,
): Promise<{ readonly arn: PermissionSetArn; readonly tags: Tags } | undefined> {
  const source = { reader: createReader(clock), client, instanceArn };
  try {
    for (const arn of await readPermissionSetArns(source)) {
      const described = await describePermissionSet(source, arn);
      if (described?.Name === name) return { arn, tags: await readTags(source, arn) };
    }
  } catch {
    // The refusal itself is what the caller gets to know.
  }
  return undefined;
}
