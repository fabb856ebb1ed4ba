import type { FieldProblem } from "../errors.ts";
import { credentialErrorsEn } from "./credential-errors-en.ts";
import {
  deniedAction,
  fieldPath,
  kintoneAnswer,
  networkTrouble,
  withoutFullStop,
} from "./pass-error-facts.ts";
import { configProblemLine, type PassErrorMessages } from "./pass-error-messages.ts";

const updateApp = "save, and press Update App: until then the change has no effect";
const gateway =
  "If the domain uses Basic authentication, set KINTONE_BASIC_AUTH_USERNAME and KINTONE_BASIC_AUTH_PASSWORD. If it restricts IP addresses, have the address of this machine allowed, or use a client certificate (KINTONE_PFX_FILE_PATH) with https://SUBDOMAIN.s.cybozu.com.";
const nothingChanged = "Nothing was changed, because whatever is not read would look deleted.";
const nextPass = "The next pass tries again.";

/** Every reason why a pass cannot go on, in English. */
export const passErrorsEn: PassErrorMessages = {
  ...credentialErrorsEn,
  "config.invalid": ({ problems }) => ({
    message:
      problems.length === 1
        ? `The configuration has a problem: ${problems.map(configProblemLine).join("")}`
        : [`The configuration has ${problems.length} problems:`, ...problems.map(configProblemLine)].join(
            "\n  ",
          ),
    hint: "Correct the configuration file or the environment variables and run the command again.",
  }),
  "kintone.unreachable": ({ baseUrl, reason }) => ({
    message: `kintone at ${baseUrl} did not answer (${reason}).`,
    hint: {
      "proxy-password":
        "The proxy asks for a user name and a password: put them into HTTPS_PROXY (http://user:password@host:port).",
      certificate:
        "The secure connection failed: if a proxy replaces certificates, name its certificate authority in NODE_EXTRA_CA_CERTS; if the domain wants a client certificate, check KINTONE_PFX_FILE_PATH and its password.",
      "host-name":
        "Check the host in kintone.baseUrl (KINTONE_BASE_URL); behind a proxy, set HTTPS_PROXY as well.",
      redirect:
        "Something wants to send the request elsewhere, such as the sign-in page of a proxy. Redirects are not followed, so that the API tokens go nowhere else: check kintone.baseUrl (KINTONE_BASE_URL) and HTTPS_PROXY.",
      "too-large":
        "The answer was not read to its end, because it is larger than anything kintone would send: something else may be answering. Check kintone.baseUrl (KINTONE_BASE_URL) and HTTPS_PROXY.",
      "no-answer": `Check the network, HTTPS_PROXY and the firewall. ${nextPass}`,
    }[networkTrouble(reason)],
  }),
  "kintone.unavailable": ({ status, attempts, ...answer }) => ({
    message: `kintone answered with status ${[status, kintoneAnswer(answer)].filter(Boolean).join(", ")} (attempts: ${attempts}).`,
    hint:
      status === 429
        ? `The domain's limit of requests at the same time is used up: run other tools that use the kintone API at another time. ${nextPass}`
        : `The trouble is on kintone's side and there is nothing to do here. ${nextPass} If it lasts, look at the operation status of kintone.`,
  }),
  "kintone.not-authenticated": ({ status, ...answer }) =>
    answer.kintoneCode === ""
      ? {
          message: `The request was turned away before it reached kintone (status ${status}).`,
          hint: gateway,
        }
      : {
          message: `kintone does not accept the credentials (status ${status}, ${kintoneAnswer(answer)}).`,
          hint: `Check KINTONE_API_TOKEN, or KINTONE_USERNAME and KINTONE_PASSWORD. After generating a token, ${updateApp}. Users with two-factor authentication cannot use a password here. ${gateway}`,
        },
  "kintone.no-permission": ({ appId, ...answer }) => ({
    message: `The credentials may not read app ${appId}${answer.kintoneCode === "" ? "" : ` (${kintoneAnswer(answer)})`}.`,
    hint: `In the settings of app ${appId}, under API Token, tick View records, ${updateApp}. With a password, give the user the permission to view the app and all of its records and fields.`,
  }),
  "kintone.unknown-token": ({ kintoneCode }) => ({
    message: `kintone does not know one of the API tokens (${kintoneCode}); it does not say which, and answers so even when the others are right.`,
    hint: `Compare each token in KINTONE_API_TOKEN with those under API Token in the settings of its app: it may be mistyped or generated anew, or the app was not updated after it was generated (${updateApp}).`,
  }),
  "kintone.token-of-other-app": ({ appId }) => ({
    message: `None of the API tokens belongs to app ${appId}.`,
    hint: `In the settings of app ${appId}, under API Token, generate a token with View records, ${updateApp}. Then add it to KINTONE_API_TOKEN after a comma; each app has its own token.`,
  }),
  "kintone.app-not-found": ({ appId }) => ({
    message: `kintone has no app ${appId}.`,
    hint: "Set kintone.permissionSets.app and kintone.assignments.app to the number after /k/ in the URL of each app. If the apps are on another domain, correct kintone.baseUrl; if they are in a guest space, set kintone.guestSpaceId as well.",
  }),
  "kintone.guest-space": ({ appId, kintoneCode }) => ({
    message: `App ${appId} is not in the space that is configured (${kintoneCode}).`,
    hint: "Set kintone.guestSpaceId (KINTONE_GUEST_SPACE_ID) to the number after /k/guest/ in the URL of the app, and remove it when the URL has no such part.",
  }),
  "kintone.query-invalid": ({ appId, query, message }) => ({
    message: `kintone does not understand the condition “${query}” for app ${appId}: ${withoutFullStop(message)}.`,
    hint: 'Correct kintone.query. Fields are named by their field code, and choices and statuses are compared with in ("…").',
  }),
  "kintone.fields-unusable": ({ appId, problems }) => ({
    message: `App ${appId} has fields that cannot be used: ${problems.map(describeField).join("; ")}.`,
    hint: `Change the field in the form and press Update App, or name another field code in ${problems.map(({ field }) => fieldPath(field)).join(", ")}. A field that the app does not have on purpose is set to null there.`,
  }),
  "kintone.incomplete-read": ({ appId, problem }) => ({
    message: `The records of app ${appId} could not be read completely: ${withoutFullStop(problem)}.`,
    hint: `${nothingChanged} ${nextPass} If it happens every time, see whether kintone.query leaves fewer records.`,
  }),
  "kintone.request-failed": ({ request, status, kintoneCode, message }) => ({
    message: `kintone refused ${request} (${[`status ${status}`, kintoneCode].filter(Boolean).join(", ")}): ${withoutFullStop(message)}.`,
    hint: "Do what kintone's message says, and run the command again.",
  }),
  "kintone.app-answer-lost": ({ name }) => ({
    message: `kintone was asked to make the app “${name}”, its answer was lost, and the app was not found again.`,
    hint: "Look for the app in kintone (Administration > App Management lists all): give its number with --permission-set-app, --assignment-app, --account-app or --group-app. If it is not there, delete kintone-sso-sync.init.json and run the command again.",
  }),
  "kintone.settings-overtaken": ({ appId }) => ({
    message: `Somebody else is changing the settings of app ${appId}, so no more of them were changed.`,
    hint: "Run the command again when the other person is done: it goes on where it stopped.",
  }),
  "kintone.changes-waiting": ({ appId }) => ({
    message: `In the settings of app ${appId} changes of somebody else wait to be published, so nothing was changed there.`,
    hint: "Have them published (Update App) or discarded in the app's settings, and run the command again.",
  }),
  "kintone.deploy-failed": ({ appId, baseUrl, status }) => ({
    message: `The settings of app ${appId} could not be published (${status}).`,
    hint: `Open ${baseUrl}/k/admin/app/flow?app=${appId} and press Update App: there kintone shows why. Then run the command again, which goes on where it stopped.`,
  }),
  "aws.no-credentials": ({ message }) => ({
    message: `There are no AWS credentials that work: ${withoutFullStop(message)}.`,
    hint: "In CI, assume a role with OpenID Connect: set AWS_ROLE_ARN, or use aws-actions/configure-aws-credentials; on your own computer, run aws sso login and set AWS_PROFILE. A wrong system clock makes good credentials fail too.",
  }),
  "aws.unreachable": ({ operation, reason }) => ({
    message: `AWS did not answer ${operation} (${reason}).`,
    hint:
      networkTrouble(reason) === "host-name"
        ? `Check identityCenter.region (AWS_REGION) and AWS_ENDPOINT_URL; behind a proxy, set HTTPS_PROXY as well. ${nextPass}`
        : `Check the network, HTTPS_PROXY and the firewall. ${nextPass}`,
  }),
  "aws.file-unreadable": ({ path, reason }) => ({
    message: `The AWS credentials are in the file ${path}, which cannot be read (${reason}).`,
    hint: "AWS_WEB_IDENTITY_TOKEN_FILE, another variable or the AWS configuration names it: put the file there, let this process read it, or remove the variable. On a self-hosted runner it often comes from the machine; a job that can get a token of its own uses that instead.",
  }),
  "aws.access-denied": ({ operation, message }) => ({
    message: `AWS denied ${operation}: ${withoutFullStop(message)}.`,
    hint: describeDenied(deniedAction(operation, message), message),
  }),
  "aws.expired-credentials": ({ operation }) => ({
    message: `The AWS credentials had expired at ${operation}.`,
    hint: "Get new ones: run the job again in CI, or run aws sso login on your own computer. If a pass takes longer than they last, raise the session duration of the role.",
  }),
  "aws.unexpected-account": ({ expected, actual }) => ({
    message: `The AWS credentials belong to account ${actual}, but identityCenter.expectedAccount is ${expected}.`,
    hint: `Use credentials of account ${expected}, or correct identityCenter.expectedAccount. It should be the delegated administrator of IAM Identity Center.`,
  }),
  "aws.no-instance": ({ region }) => ({
    message: `IAM Identity Center has no instance in ${region} that these credentials can see.`,
    hint: "Set identityCenter.region (AWS_REGION) to the primary Region on the Settings page of the IAM Identity Center console, and use credentials of the account that is its delegated administrator.",
  }),
  "aws.several-instances": ({ region, instanceArns }) => ({
    message: `There are several instances of IAM Identity Center in ${region}: ${instanceArns.join(", ")}.`,
    hint: "Set identityCenter.instanceArn to the instance of the organization.",
  }),
  "aws.instance-not-found": ({ region, instanceArn, found }) => ({
    message: `The instance ${instanceArn} is not in ${region}; found: ${found.join(", ")}.`,
    hint: "Correct identityCenter.instanceArn or identityCenter.region (AWS_REGION), or remove instanceArn to use the only instance.",
  }),
  "aws.wrong-region": ({ region, primaryRegion }) => ({
    message: `The primary Region of IAM Identity Center is ${primaryRegion}, not ${region}.`,
    hint: `Set identityCenter.region to ${primaryRegion}. If AWS_REGION is set, change it there: it wins over the file.`,
  }),
  "aws.throttled": ({ operation, attempts }) => ({
    message: `AWS asked for fewer requests at ${operation} (attempts: ${attempts}).`,
    hint: `The limit is shared with everybody who uses IAM Identity Center. ${nextPass} If it happens often, lower pace.requestsPerSecond.`,
  }),
  "aws.incomplete-read": ({ operation, problem }) => ({
    message: `AWS answered ${operation} incompletely: ${withoutFullStop(problem)}.`,
    hint: `${nothingChanged} ${nextPass}`,
  }),
  "aws.request-failed": ({ operation, name, message }) => ({
    message: `AWS could not carry out ${operation} (${name}): ${withoutFullStop(message)}.`,
    hint: `${nextPass} If it fails every time, do what AWS's message says, or show it to AWS Support.`,
  }),
  "pass.stopped": () => ({
    message: "The pass was stopped before it had written anything.",
    hint: "Run it again when it suits.",
  }),
  "config.pause-needs-memory": () => ({
    message:
      "The comments /sync pause and /sync resume need a memory, and none is configured: nothing was changed.",
    hint: "Configure a memory (memory:), or pause with readOnly: REASON in the configuration.",
  }),
  "pass.pause-not-kept": () => ({
    message: "The memory could not be written, so that passes go on as before.",
    hint: "Look at the memory with kintone-sso-sync doctor and comment again; or set readOnly: REASON in the configuration.",
  }),
  "bug.unexpected": ({ name }) => ({
    message: `kintone-sso-sync stopped because of a defect of its own (${name}).`,
    hint: "Run the command again with --log-level debug, and report the defect to its maintainers with that log. There is nothing to change in kintone or AWS.",
  }),
};

/** What kintone's form settings call the field types that can be read. */
const fieldTypes: Readonly<Record<string, string>> = {
  SINGLE_LINE_TEXT: "Text",
  MULTI_LINE_TEXT: "Text area",
  DROP_DOWN: "Drop-down",
  RADIO_BUTTON: "Radio button",
  LINK: "Link",
  NUMBER: "Number",
  CHECK_BOX: "Check box",
  MULTI_SELECT: "Multi-choice",
  USER_SELECT: "User selection",
  SUBTABLE: "Table",
};

function describeField({ field, code, problem, foundType = "", allowedTypes }: FieldProblem): string {
  const names = (types: readonly string[]): string =>
    types.map((type) => fieldTypes[type] ?? type).join(" or ");
  if (problem === "missing") return `no field has the code “${code}” (${field})`;
  if (problem === "type") {
    return `“${code}” (${field}) is of the type ${names([foundType])}, but it must be ${names(allowedTypes)}`;
  }
  const columns = names(allowedTypes.filter((type) => type !== "SUBTABLE"));
  return `the table “${code}” (${field}) must have exactly one column of the type ${columns}`;
}

function describeDenied(action: string, message: string): string {
  if (message.includes("KMS")) {
    return "IAM Identity Center is encrypted with a customer managed key: allow the role kms:Decrypt, kms:Encrypt and kms:GenerateDataKeyWithoutPlaintext on it.";
  }
  const allow = `Allow the role ${action}.`;
  if (action.startsWith("organizations:")) {
    return `${allow} AWS Organizations answers only the management account and accounts that are a delegated administrator of some service.`;
  }
  if (!action.startsWith("sso:"))
    return `${allow} If it is allowed, look for a service control policy that denies it.`;
  return `${allow} If it is allowed, the account may not be the delegated administrator of IAM Identity Center; and even that one gets this answer for permission sets that are provisioned in the management account, and in any Region but the primary one.`;
}
