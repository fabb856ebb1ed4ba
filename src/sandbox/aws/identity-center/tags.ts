import { AwsError } from "../protocol/aws-error.ts";
import { visiblePermissionSet, writablePermissionSet } from "./identity-center.ts";
import type { IdentityCenter } from "./identity-center.ts";
import { withPermissionSet } from "./identity-center-state.ts";
import { pageOf } from "../protocol/paging.ts";
import type { SsoAdminOperations } from "./sso-admin-requests.ts";

/** Tags of permission sets; they do not reach the accounts, so changing them makes nothing stale. */
export const tagOperations = {
  TagResource(center, input) {
    const set = writablePermissionSet(center, input.ResourceArn, "TagResource");
    const tags = new Map(set.tags);
    for (const { Key, Value } of input.Tags) tags.set(Key, Value);
    checkTags(center, tags);
    center.timeline.change((state) => withPermissionSet(state, { ...set, tags }));
    return {};
  },

  UntagResource(center, input) {
    const set = writablePermissionSet(center, input.ResourceArn, "UntagResource");
    const tags = new Map(set.tags);
    for (const key of input.TagKeys) tags.delete(key);
    center.timeline.change((state) => withPermissionSet(state, { ...set, tags }));
    return {};
  },

  ListTagsForResource(center, input) {
    const { tags } = visiblePermissionSet(center, input.ResourceArn);
    const { items, nextToken } = pageOf({
      all: [...tags],
      keyOf: ([key]) => key,
      scope: ["ListTagsForResource", input.ResourceArn],
      size: 75,
      token: input.NextToken,
      invalidToken: () => new AwsError("ValidationException", "The NextToken is not valid."),
    });
    return { Tags: items.map(([Key, Value]) => ({ Key, Value })), NextToken: nextToken };
  },
} satisfies Partial<SsoAdminOperations<IdentityCenter>>;

/**
 * Throws when a permission set cannot have these tags.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/tagging.html
 */
export function checkTags({ quotas }: IdentityCenter, tags: ReadonlyMap<string, string>): void {
  if ([...tags.keys()].some((key) => key.toLowerCase().startsWith("aws:"))) {
    throw new AwsError("ValidationException", "Tag keys that begin with aws: are reserved for AWS.");
  }
  if (tags.size > quotas.tagsPerPermissionSet) {
    throw new AwsError(
      "ServiceQuotaExceededException",
      `A resource can have at most ${quotas.tagsPerPermissionSet} tags.`,
    );
  }
}
