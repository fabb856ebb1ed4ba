import { digest } from "./digest.ts";

/** Tag whose exact value says which deployment owns a permission set. */
export const ownerTag = "kintone-sso-sync:owner";
/** Tag with the id of the record that defines the set: the set's identity across renames. */
export const recordTag = "kintone-sso-sync:record";
/** Tag with the name the set had before a rename, so that records with the old name still resolve. */
export const formerNameTag = "kintone-sso-sync:former-name";

/** Tag that `adopt` writes; its value belongs to one set, so that tags copied from another set do not pass for it. */
export const adoptedTag = "kintone-sso-sync:adopted";

const adoptedDigits = 20;

/** The value of the adopted tag: hexadecimal digits that only this set and this owner have. */
export function adoptedValue(arn: string, owner: string): string {
  return digest(`${arn} ${owner}`).slice(0, adoptedDigits);
}

/**
 * Tag that says whether a definition may not have reached every account: `pending` from before the first change of it
 * until all accounts have it, `done` after that. AWS tells which accounts miss it, but only one set at a time.
 */
export const provisioningTag = "kintone-sso-sync:provisioning";

export type Tags = Readonly<Record<string, string>>;

/**
 * The value of the former-name tag. Set names may have a comma, tag values may not; names have no slash.
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_Tag.html
 */
export function formerNameValue(name: string): string {
  return name.replaceAll(",", "/");
}

/** The name that the set had before a rename; undefined when it had none. */
export function formerNameIn(tags: Tags): string | undefined {
  return Object.hasOwn(tags, formerNameTag) ? tags[formerNameTag]?.replaceAll("/", ",") : undefined;
}

/** Whether the tags say that the set is managed by this owner: exact key, exact value. */
export function isManagedBy(tags: Tags, owner: string): boolean {
  return Object.hasOwn(tags, ownerTag) && tags[ownerTag] === owner;
}

/** The tags that say whose the set is and which record defines it; what is not there stays out. */
export function ownershipTags(tags: Tags): Tags {
  return Object.fromEntries(
    [ownerTag, recordTag].flatMap((key) => {
      const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Whether two sets of tags say the same about whose the set is and which record defines it. */
export function sameOwnership(a: Tags, b: Tags): boolean {
  const [one, other] = [ownershipTags(a), ownershipTags(b)];
  return one[ownerTag] === other[ownerTag] && one[recordTag] === other[recordTag];
}

/** The tag before the first change of a definition, and after its last provisioning. */
export const pendingTagging: Tags = { [provisioningTag]: "pending" };
export const doneTagging: Tags = { [provisioningTag]: "done" };

/** Whether accounts may miss the set's latest definition; a set without the tag has reached them all. */
export function isProvisioningPending(tags: Tags): boolean {
  return Object.hasOwn(tags, provisioningTag) && tags[provisioningTag] === "pending";
}
