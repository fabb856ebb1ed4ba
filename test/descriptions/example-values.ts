import { type ServiceModel, shapeNamed, violationsOf } from "./aws-model.ts";

const uuid = "01234567-89ab-cdef-0123-456789abcdef";
/** Texts of all kinds, each of which is right for some member and wrong for others. */
const texts = [
  "",
  "a",
  "Aa0_+=,.@-",
  "a b",
  "a\n",
  "a,b",
  "k(1)",
  "#",
  "{}",
  " ",
  "\t",
  "\u3000",
  "\u00A0",
  "開発者",
  "é",
  "<>",
  "https://example.com/?a=b#c",
  "https://例え.jp/",
  "ENABLED",
  ...[33, 65, 129, 257, 513, 1025, 2049, 33_000, 70_000].map((length) => "x".repeat(length)),
  "PT1H",
  "8h",
  "P",
  "userName",
  "user.name.x",
  "user.name.x.y",
  "user1",
  "aws:identitystore:enterprise",
  "arn:aws:sso:::instance/ssoins-0123456789abcdef",
  "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef",
  "arn:aws:sso::aws:applicationProvider/custom",
  "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef",
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
  "arn:aws:iam::aws:policy/job-function/Billing",
  "arn:aws:iam::123456789012:role/x",
  "arn:aws:s3:::bucket",
  "123456789012",
  "12345678901",
  "12345678901a",
  "1234567890123",
  "v1",
  "v0",
  "1",
  "USER",
  "GROUP",
  "user",
  "AWS_ACCOUNT",
  "ALL_PROVISIONED_ACCOUNTS",
  "IN_PROGRESS",
  "SUCCEEDED",
  "LATEST_PERMISSION_SET_PROVISIONED",
  "All",
  "AWS",
  "PermissionsPolicy",
  "IDENTITY_POLICY",
  "JA",
  "XX",
  uuid,
  uuid.toUpperCase(),
  `0123456789-${uuid}`,
  `${uuid}0`,
  "d-0123456789",
  "d-012345678",
  "ap-northeast-1",
  "tokyo",
  "/",
  "/a/",
  "/a",
  "a/",
  "//",
  "r-abcd",
  "ou-abcd-abcdefgh",
  "p-abcdefgh",
  "sso.amazonaws.com",
  "AWS::S3::Bucket",
  '{"Statement":[]}',
];
const numbers = [-1, 0, 1, 20, 21, 100, 101, 899, 900, 1000, 1001, 43_200, 43_201];
const deepest = 3;
const longestList = 2000;

/** A value that the model allows, with nothing that may be left out. */
function exampleOf(model: ServiceModel, name: string): unknown {
  const shape = shapeNamed(model, name);
  if (shape.document === true) return "x";
  if (shape.type === "structure") {
    const required = (shape.required ?? []).map(
      (member) => [member, exampleOf(model, shape.members?.[member] ?? "")] as const,
    );
    return Object.fromEntries(required);
  }
  if (shape.type === "list")
    return Array.from({ length: shape.min ?? 1 }, () => exampleOf(model, shape.member ?? ""));
  if (shape.type === "boolean") return true;
  const candidates: readonly unknown[] = shape.type === "integer" ? numbers : texts;
  return candidates.find((value) => violationsOf(model, name, value).length === 0);
}

/** Values of a shape, right and wrong ones: each member once with each, the others as the model allows. */
export function* variantsOf(model: ServiceModel, name: string, depth = 0): Generator {
  const shape = shapeNamed(model, name);
  if (shape.document === true || depth > deepest) return;
  if (shape.type === "string") yield* texts;
  else if (shape.type === "integer") yield* numbers;
  else if (shape.type === "structure") yield* structuresOf(model, name, depth);
  else if (shape.type === "list") {
    const of = shape.member ?? "";
    const lengths = [0, 1, shape.max ?? 0, (shape.max ?? 0) + 1].filter((length) => length < longestList);
    for (const length of lengths) yield Array.from({ length }, () => exampleOf(model, of));
    for (const value of variantsOf(model, of, depth + 1)) yield [value];
  }
}

function* structuresOf(model: ServiceModel, name: string, depth: number): Generator {
  const { required = [], members = {} } = shapeNamed(model, name);
  const base = exampleOf(model, name) as Readonly<Record<string, unknown>>;
  yield base;
  for (const missing of required) {
    yield Object.fromEntries(Object.entries(base).filter(([member]) => member !== missing));
  }
  for (const [member, of] of Object.entries(members)) {
    for (const value of variantsOf(model, of, depth + 1)) yield { ...base, [member]: value };
  }
}
