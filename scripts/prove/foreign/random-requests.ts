import { createRandom, type Random } from "./random.ts";

/** One request of a sequence; texts such as `@set1` stand for the id that a server gave to what was made under that name. */
export interface RandomRequest {
  readonly service: "sso-admin" | "identitystore";
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The name for what the request makes, and the member of the answer that has its id. */
  readonly makes?: { readonly name: string; readonly member: string };
}

/** Names, mostly of what has been made. */
interface Names {
  readonly made: (kind: "set" | "user" | "group") => string;
  readonly fresh: (kind: "set" | "user" | "group") => string;
}

type Make = (random: Random, names: Names) => RandomRequest;

const accountIds = ["111122223333", "333344445555", "444455556666"];
const awsManaged = ["AdministratorAccess", "ReadOnlyAccess", "job-function/Billing", "NoSuchPolicy"].map(
  (name) => `arn:aws:iam::aws:policy/${name}`,
);
const inlinePolicies = ["s3:GetObject", "ec2:Describe*"].map((Action) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
);

const sso = (operation: string, input: RandomRequest["input"]): RandomRequest => ({
  service: "sso-admin",
  operation,
  input: { InstanceArn: "@instance", ...input },
});
const store = (operation: string, input: RandomRequest["input"]): RandomRequest => ({
  service: "identitystore",
  operation,
  input: { IdentityStoreId: "@store", ...input },
});

const details = (random: Random) => ({
  ...(random.chance(0.7) && { Description: `text ${random.below(3)}` }),
  ...(random.chance(0.5) && { SessionDuration: `PT${1 + random.below(12)}H` }),
  ...(random.chance(0.4) && { RelayState: "https://console.aws.amazon.com/s3" }),
});
const principal = (random: Random, names: Names) => {
  const isUser = random.chance(0.5);
  return {
    PrincipalType: isUser ? "USER" : "GROUP",
    PrincipalId: `@${names.made(isUser ? "user" : "group")}`,
  };
};
const ofSet = (names: Names) => ({ PermissionSetArn: `@${names.made("set")}` });
const assignment = (random: Random, names: Names) => ({
  ...ofSet(names),
  TargetType: "AWS_ACCOUNT",
  TargetId: random.pick(accountIds),
  ...principal(random, names),
});
const reference = (random: Random) => ({
  CustomerManagedPolicyReference: {
    Name: random.pick(["Mine", "Yours"]),
    ...(random.chance(0.5) && { Path: random.pick(["/", "/team/"]) }),
  },
});
const managed = (random: Random, names: Names) => ({
  ...ofSet(names),
  ManagedPolicyArn: random.pick(awsManaged),
});
const attribute = (AttributePath: string, AttributeValue: string) => ({
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});

const makeSet: Make = (random, names) => {
  const name = names.fresh("set");
  return {
    ...sso("CreatePermissionSet", { Name: name, SessionDuration: "PT1H", ...details(random) }),
    makes: { name, member: "PermissionSet.PermissionSetArn" },
  };
};
const makeUser: Make = (_random, names) => {
  const name = names.fresh("user");
  return {
    ...store("CreateUser", {
      UserName: name,
      DisplayName: name,
      Name: { GivenName: "Given", FamilyName: "Family" },
      Emails: [{ Value: `${name}@example.com`, Type: "work", Primary: true }],
    }),
    makes: { name, member: "UserId" },
  };
};
const makeGroup: Make = (random, names) => {
  const name = names.fresh("group");
  return {
    ...store("CreateGroup", { DisplayName: name, ...(random.chance(0.5) && { Description: "a group" }) }),
    makes: { name, member: "GroupId" },
  };
};

const requests: readonly Make[] = [
  makeSet,
  makeSet,
  makeUser,
  makeGroup,
  () => sso("ListPermissionSets", {}),
  (_random, names) => sso("DescribePermissionSet", { ...ofSet(names) }),
  (random, names) => sso("UpdatePermissionSet", { ...ofSet(names), ...details(random) }),
  (_random, names) => sso("DeletePermissionSet", { ...ofSet(names) }),
  (random, names) =>
    sso("PutInlinePolicyToPermissionSet", {
      ...ofSet(names),
      InlinePolicy: random.pick(inlinePolicies),
    }),
  (_random, names) => sso("GetInlinePolicyForPermissionSet", { ...ofSet(names) }),
  (_random, names) => sso("DeleteInlinePolicyFromPermissionSet", { ...ofSet(names) }),
  (random, names) => sso("AttachManagedPolicyToPermissionSet", managed(random, names)),
  (random, names) => sso("DetachManagedPolicyFromPermissionSet", managed(random, names)),
  (_random, names) => sso("ListManagedPoliciesInPermissionSet", { ...ofSet(names) }),
  (random, names) =>
    sso("AttachCustomerManagedPolicyReferenceToPermissionSet", {
      ...ofSet(names),
      ...reference(random),
    }),
  (random, names) =>
    sso("DetachCustomerManagedPolicyReferenceFromPermissionSet", {
      ...ofSet(names),
      ...reference(random),
    }),
  (_random, names) => sso("ListCustomerManagedPolicyReferencesInPermissionSet", { ...ofSet(names) }),
  (random, names) => sso("CreateAccountAssignment", assignment(random, names)),
  (random, names) => sso("CreateAccountAssignment", assignment(random, names)),
  (random, names) => sso("DeleteAccountAssignment", assignment(random, names)),
  (random, names) => sso("ListAccountAssignments", { ...ofSet(names), AccountId: random.pick(accountIds) }),
  (random, names) => sso("ListAccountAssignmentsForPrincipal", principal(random, names)),
  () => store("ListUsers", {}),
  () => store("ListGroups", {}),
  (_random, names) => store("DescribeUser", { UserId: `@${names.made("user")}` }),
  (_random, names) => store("DescribeGroup", { GroupId: `@${names.made("group")}` }),
  (_random, names) => store("DeleteUser", { UserId: `@${names.made("user")}` }),
  (_random, names) => store("DeleteGroup", { GroupId: `@${names.made("group")}` }),
  (random, names) =>
    store("GetUserId", attribute(random.pick(["userName", "UserName", "nickName"]), names.made("user"))),
  (_random, names) => store("GetUserId", attribute("emails.value", `${names.made("user")}@example.com`)),
  (random, names) =>
    store("GetGroupId", attribute(random.pick(["displayName", "DisplayName"]), names.made("group"))),
  (_random, names) =>
    store("CreateGroupMembership", {
      GroupId: `@${names.made("group")}`,
      MemberId: { UserId: `@${names.made("user")}` },
    }),
  (_random, names) => store("ListGroupMemberships", { GroupId: `@${names.made("group")}` }),
  (_random, names) =>
    store("ListGroupMembershipsForMember", { MemberId: { UserId: `@${names.made("user")}` } }),
];

/** The random sequence of this number: something to begin with, and then a dozen requests of all kinds. */
export function randomRequests(seed: number): readonly RandomRequest[] {
  const random = createRandom(seed);
  const names = createNames(random);
  const first = [makeSet, makeUser, makeGroup].map((make) => make(random, names));
  return [...first, ...Array.from({ length: 12 }, () => random.pick(requests)(random, names))];
}

// Now and then a name that is taken, or one of what was never made: what is refused is compared too.
function createNames(random: Random): Names {
  const counts = { set: 0, user: 0, group: 0 };
  return {
    made: (kind) => `${kind}${random.chance(0.95) ? random.below(counts[kind]) : counts[kind]}`,
    fresh(kind) {
      if (counts[kind] > 0 && random.chance(0.05)) return `${kind}${random.below(counts[kind])}`;
      counts[kind] += 1;
      return `${kind}${counts[kind] - 1}`;
    },
  };
}
