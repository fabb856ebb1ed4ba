import { AwsError, accessDenied } from "../protocol/aws-error.ts";
import { inProgress, visiblePermissionSet, writablePermissionSet } from "./identity-center.ts";
import type { IdentityCenter } from "./identity-center.ts";
import { withDefinition, withPermissionSet, withoutPermissionSet } from "./identity-center-state.ts";
import type { PermissionSet } from "./identity-center-state.ts";
import { hexDigits } from "../sandbox-id.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { SsoAdminOperations } from "./sso-admin-requests.ts";
import { checkTags } from "./tags.ts";
import type { Output } from "../protocol/service.ts";

/** Permission sets themselves: their name and details, creation and deletion. */
export const permissionSetOperations = {
  ListPermissionSets(center, input) {
    const arns = [...center.timeline.visible().keys()];
    const { items, nextToken } = hundredAtMost("ListPermissionSets", input, arns, (arn) => arn);
    return { PermissionSets: items, NextToken: nextToken };
  },

  DescribePermissionSet: (center, input) => ({
    PermissionSet: described(visiblePermissionSet(center, input.PermissionSetArn)),
  }),

  CreatePermissionSet(center, input) {
    const sets = [...center.timeline.newest().values()];
    if (sets.some(({ name }) => name === input.Name)) {
      throw new AwsError("ConflictException", `PermissionSet with name ${input.Name} already exists.`);
    }
    if (sets.length >= center.quotas.permissionSets) {
      throw new AwsError("ServiceQuotaExceededException", "You have exceeded the limit of permission sets.");
    }
    checkSessionDuration(input.SessionDuration);
    const tags = new Map((input.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    checkTags(center, tags);
    if (tags.size > 0 && center.others.has("create-with-tags")) {
      throw accessDenied(center.callerArn, "sso:TagResource", center.instanceArn);
    }
    const set: PermissionSet = {
      arn: newPermissionSetArn(center, input.Name),
      name: input.Name,
      createdAtMs: center.epochMs(center.timeline.now()),
      definition: {
        description: input.Description,
        sessionDuration: input.SessionDuration ?? "PT1H",
        relayState: input.RelayState,
        inlinePolicy: undefined,
        managedPolicies: [],
        customerManagedPolicies: [],
        boundary: undefined,
      },
      tags,
      provisioned: new Map(),
      assignments: new Map(),
    };
    center.timeline.change((state) => withPermissionSet(state, set));
    return { PermissionSet: described(set) };
  },

  UpdatePermissionSet(center, input) {
    const set = writablePermissionSet(center, input.PermissionSetArn, "UpdatePermissionSet");
    checkSessionDuration(input.SessionDuration);
    const changed = withDefinition(set, {
      description:
        input.Description ??
        (center.others.has("description-stays") ? undefined : set.definition.description),
      sessionDuration: input.SessionDuration ?? set.definition.sessionDuration,
      relayState:
        input.RelayState ??
        (center.others.has("relay-state-cleared") ? set.definition.relayState : undefined),
    });
    center.timeline.change((state) => withPermissionSet(state, changed));
    return {};
  },

  DeletePermissionSet(center, input) {
    const { arn, assignments, provisioned } = writablePermissionSet(
      center,
      input.PermissionSetArn,
      "DeletePermissionSet",
    );
    const isBusy = inProgress(center).some(({ permissionSetArn }) => permissionSetArn === arn);
    const hasRole = provisioned.size > 0 && !center.others.has("role-remade");
    if (assignments.size > 0 || hasRole || isBusy) {
      throw new AwsError(
        "ConflictException",
        "Could not delete because PermissionSet has ApplicationProfile associated with it",
      );
    }
    center.timeline.change((state) => withoutPermissionSet(state, arn));
    return {};
  },
} satisfies Partial<SsoAdminOperations<IdentityCenter>>;

/** A new ARN within the instance. */
export function newPermissionSetArn(center: IdentityCenter, name: string): string {
  center.created += 1;
  const instanceId = center.instanceArn.split("/").at(-1);
  return `arn:aws:sso:::permissionSet/${instanceId}/ps-${hexDigits(`${center.created} ${name}`, 16)}`;
}

function described({ arn, name, createdAtMs, definition }: PermissionSet): Output {
  return {
    Name: name,
    PermissionSetArn: arn,
    Description: definition.description,
    CreatedDate: createdAtMs / 1000,
    SessionDuration: definition.sessionDuration,
    RelayState: definition.relayState,
  };
}

// https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html
function checkSessionDuration(duration: string | undefined): void {
  if (duration === undefined) return;
  const seconds = durationSeconds(duration);
  if (seconds < 3600 || seconds > 12 * 3600) {
    throw new AwsError(
      "ValidationException",
      `SessionDuration ${duration} is out of range: it must be between PT1H and PT12H.`,
    );
  }
}

function durationSeconds(duration: string): number {
  const [, sign, years, months, count, unit, hours, minutes, seconds] =
    /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      duration,
    ) ?? [];
  const days =
    Number(years ?? 0) * 365 + Number(months ?? 0) * 30 + Number(count ?? 0) * (unit === "W" ? 7 : 1);
  const total = days * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === "-" ? -total : total;
}
