import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { reachOf } from "./policy-reach.ts";
import { patternsMeet } from "./patterns-meet.ts";

// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
const readingPolicies: ReadonlySet<string> = new Set([
  "AWSBillingReadOnlyAccess",
  "AWSCloudTrail_ReadOnlyAccess",
  "AWSOrganizationsReadOnlyAccess",
  "AWSSSODirectoryReadOnly",
  "AWSSSOReadOnly",
  "CloudWatchReadOnlyAccess",
  "IAMAccessAnalyzerReadOnlyAccess",
  "IAMReadOnlyAccess",
  "ReadOnlyAccess",
  "SecurityAudit",
  "ViewOnlyAccess",
]);

/** What says in its own name that it gives them; what IAM tells of credentials holds none. */
const named = /^(?!iam:).*(accessdetails|apikey|credential|dataaccess|password|secret|token)/u;

const reading = /^[a-z0-9-]+:(batchget|describe|get|list|lookup|search|view)[a-z]*\*?$/u;

/** They only read, and what they read lets the caller act as another identity, or holds secrets. */
const telling = [
  "cognito-identity:get*",
  "datazone:get*credentials",
  "elasticmapreduce:get*session*",
  "ec2:getpassworddata",
  "emr-containers:get*credentials",
  "ecr*:getauthorizationtoken",
  "bedrock-agentcore:getresource*",
  "codeartifact:getauthorizationtoken",
  "code*connections:getconnectiontoken",
  "finspace-api:getprogrammaticaccesscredentials",
  "gamelift:get*access",
  "glue:getconnection*",
  "lakeformation:get*access",
  "lakeformation:gettemporary*",
  "lambda:getfunction*",
  "lightsail:getinstanceaccessdetails",
  "redshift*:get*credentials*",
  "s3:getobject*",
  "secretsmanager:*getsecretvalue",
  "sso:getrolecredentials",
  "ssm:getaccesstoken",
  "ssm:getparameter*",
  "sts:get*token*",
];

/** Whether a set does nothing but read, so far as that can be shown, and reads no credentials by an inline policy. */
export function isPlainReading(definition: PermissionSetDefinition | undefined): boolean {
  if (definition === undefined) return false;
  const { managedPolicies, customerManagedPolicies, inlinePolicy } = definition;
  const names = managedPolicies.map((arn) => arn.split("/").at(-1) ?? arn);
  return (
    customerManagedPolicies.length === 0 &&
    names.every((name) => readingPolicies.has(name)) &&
    (inlinePolicy === undefined || onlyReads(inlinePolicy))
  );
}

function onlyReads(text: string): boolean {
  const { grants, isUnderstood } = reachOf(text);
  const actions = grants.flatMap((grant) => grant.actions);
  return isUnderstood && actions.every((action) => reading.test(action) && !tells(action));
}

function tells(action: string): boolean {
  return named.test(action) || telling.some((one) => patternsMeet(action, one));
}
