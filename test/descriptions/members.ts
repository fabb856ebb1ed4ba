import { type ServiceModel, shapeNamed } from "./aws-model.ts";

/** Every member that an answer can have, with the way to it. */
export function membersOf(
  model: ServiceModel,
  name: string,
  at: string,
  above: readonly string[] = [],
): readonly string[] {
  if (above.includes(name)) return [];
  const { members = {}, member, value } = shapeNamed(model, name);
  const below = [...above, name];
  if (member !== undefined) return membersOf(model, member, `${at}[]`, below);
  if (value !== undefined) return membersOf(model, value, `${at}{}`, below);
  return Object.entries(members).flatMap(([key, of]) => [
    `${at}.${key}`,
    ...membersOf(model, of, `${at}.${key}`, below),
  ]);
}

/** Every member that an answer has, with the way to it. */
export function membersIn(value: unknown, at: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => membersIn(item, `${at}[]`));
  if (typeof value !== "object" || value === null) return [];
  const given = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  return given.flatMap(([key, member]) => [`${at}.${key}`, ...membersIn(member, `${at}.${key}`)]);
}

/** What the sandbox leaves out, and why nothing is missed; none of it is read by the program. */
export const leftOut: readonly (readonly [members: RegExp, why: string])[] = [
  [
    /\.(?:CreatedBy|UpdatedBy|Extensions)$/u,
    "who made users and groups, and extensions, which a company has only if it set them up",
  ],
  [
    /^identitystore:Describe(?:User|Group)\.ExternalIds/u,
    "ids that SCIM gives, of a single user or group: a pass reads them in the lists",
  ],
  [
    /^sso-admin:(?:ListInstances|DescribeInstance).*\.(?:Name|StatusReason|KmsKeyArn|EncryptionStatusReason)$/u,
    "of an instance with a name, one that failed, and one with a key of its own",
  ],
  [
    /^sso-admin:ListApplications.*\.(?:IdentityStoreArn|PortalOptions.*|Description|CreatedFrom)$/u,
    "how an application shows in the portal",
  ],
  [
    /^sso-admin:(?:Create|Delete)AccountAssignment\..*\.FailureReason$|^sso-admin:ProvisionPermissionSet\..*\.FailureReason$/u,
    "an operation that has just begun has not failed",
  ],
  [/\.AvailablePolicyTypes(?:\[\]\..*)?$/u, "which AWS has given up"],
  [/^iam:.*\.(?:Description|Tags(?:\[\]\..*)?)$/u, "of AWS managed policies in lists AWS gives neither"],
  [
    /^accessanalyzer:.*\.(?:key|substring.*|value)$/u,
    "other ways of pointing into a policy than the sandbox's findings need",
  ],
  [
    /:(?:ListRoots|ListParents|ListTagsForResource|ListDelegatedAdministrators)\.NextToken$/u,
    "one root, one parent, one administrator, and tags are never more than a page",
  ],
];
