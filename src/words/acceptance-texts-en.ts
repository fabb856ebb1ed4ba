import type { AcceptanceTexts } from "./acceptance-texts.ts";

/** What the acceptance says, in English. */
export const acceptanceTextsEn: AcceptanceTexts = {
  headings: {
    measured: "The program does these, in one account, with permission sets that deny everything:",
    byHand: "These take a person (docs/acceptance.md says how); note what you see beside the result:",
  },
  measured: {
    instance: "The instance names its primary Region and its state.",
    "other-region": "Another Region knows no instance.",
    accounts: "A delegated administrator is told the states and the places of accounts.",
    create: "A set can be created together with its tags, and can be read soon after.",
    assign: "A user and a group get the set; how long that takes with a new role and with one that is there.",
    "two-at-once": "A second operation in the same account is refused while the first goes on.",
    "ended-rows": "The list of operations also shows those that have ended.",
    "policy-text": "An inline policy is read back as it was written.",
    stale: "A changed set shows as not provisioned in its account until it is; how long that takes.",
    attributes: "Changing the session duration alone keeps the description and clears the relay state.",
    "refused-texts": "A Japanese description and a name of 33 characters are refused.",
    "aws-policy-missing":
      "An AWS managed policy that does not exist can be attached, and fails when provisioned.",
    "own-policy-missing":
      "A customer managed policy that the account lacks can be attached, and fails when provisioned.",
    "policies-per-set": "How many AWS managed policies one set takes.",
    "last-assignment": "The role goes with the last assignment.",
    "assignment-missing": "Deleting an assignment that is not there is accepted.",
    "provision-never": "Provisioning makes a role in an account where the set never was.",
    "unknown-token": "kintone's code for an API token that it does not know.",
    comment:
      "A comment changes neither the record's revision nor its time; a mention of nobody is refused (with --record).",
  },
  byHand: {
    "wrong-on-purpose":
      "doctor names what is wrong: a token that is not deployed, comments off, another Region.",
    lookups: "GetUserId with UserName, with userName and in other letter case.",
    "by-principal": "ListAccountAssignmentsForPrincipal as the delegated administrator.",
    outstanding: "One sync with assignments in more than 15 accounts: from which operation on AWS refuses.",
    "two-full-syncs": "Two sync --full at once: whether reads are limited for each of them or for both.",
    portal: "Signed in while an assignment is removed: how long the session still works.",
    "record-deleted": "A record deleted in kintone: the guard or the removal that the next plan shows.",
    leaver: "A comment that mentions a deactivated user.",
    "renamed-set": "A set renamed in its app: what the records that look it up return.",
    schedule: "The workflow: how late three scheduled runs begin, and the subject of their tokens.",
    killed: "A job cancelled while it applies: what the next pass makes of it.",
    events: "Where CloudTrail and EventBridge show the changes.",
  },
  expected: (facts) => `Expected: ${facts === "" ? "only measured" : facts}`,
  seen: (facts) => `Seen: ${facts}`,
  notDone: "Not done.",
  request: (id) => `request ${id}`,
  subjectsMissing:
    "Say where and with whom: --account with the number of an account in which a test may write, --user with the user name and --group with the name of a group in Identity Center.",
  refusals: {
    "account-unknown": "The organization has no account of this number.",
    "account-not-active": "The account is not active.",
    "management-account": "This is the management account: an acceptance does not write there.",
    "key-account":
      "The sync runs in this account, or its memory is there: an acceptance does not write there. Name another one.",
    "protected-account":
      "The account is protected by the configuration (protected.accounts). Name another one.",
    "user-unknown": "Identity Center has no user of this name.",
    "group-unknown": "Identity Center has no group of this name.",
  },
  confirm: (account) =>
    `Do all this in account ${account}, and take it away again? It takes up to half an hour; let no sync run meanwhile. [yes/no] `,
  nothingWritten: "Nothing was written. --yes does all this, and takes it away again.",
  cleanedBefore: (sets) =>
    `Taken away what an earlier run had left: ${sets} permission set${sets === 1 ? "" : "s"}.`,
  left: (reason) =>
    `Not everything could be taken away again (${reason}): run the same command once more, it begins with that.`,
  summary: (good, otherwise, notDone) => `${good} as expected, ${otherwise} otherwise, ${notDone} not done.`,
  written: (file) =>
    `Written to ${file}: it holds no secrets, no names and no ids but those of requests. Please send it with an issue.`,
};
