import { expect, it } from "vitest";

import { describeIssue } from "../../src/words/describe-issue.ts";
import {
  contextOf,
  grammarPaths,
  grammarProblems,
  layOut,
  sampleIssue,
  sampleIssues,
} from "./sample-issues.ts";

it("reads like this for every code", () => {
  const texts = sampleIssues.map((issue) => layOut(issue.code, describeIssue(issue, "en", contextOf(issue))));
  expect(texts.join("\n\n")).toMatchInlineSnapshot(`
    "[field.required]
    There is nothing in "セット名".
    -> Enter a value and save the record.
    e.g. DatabaseAdmin

    [field.unreadable]
    The type of "説明" cannot be used (Attachment).
    -> What you entered is not at fault. Ask the app's administrator to turn the field into a text field.

    [field.too-long]
    A value in "部署" is too long (3000 characters).
    -> Shorten it to at most 2048 characters.

    [entry.ambiguous]
    "Sales, Tokyo" in "部署" is the name of one thing, and also a list of "Sales" and "Tokyo".
    -> If it is a list, enter one on each line. If it is one name, put it between quotation marks (").
    e.g. "Sales, Tokyo"

    [text.invisible-character]
    Character 8 of "Sandbox[U+200B]" in "AWSアカウント" cannot be used: it is a zero-width space (U+200B).
    -> It may not show on the screen. Clear the whole value and type it again instead of pasting it.
    e.g. Sandbox

    [text.look-alike-character]
    Character 2 of "yаmada" in "利用者" looks like a Latin letter but is the Cyrillic letter "а" (U+0430).
    -> Type the Latin letter in its place.
    e.g. yamada

    [permission-set.name-invalid]
    "開発者 Admin" in "セット名" has characters that the name of a permission set cannot have.
    -> Use only half-width letters, digits, the symbols + = , . _ - and the at sign, at most 32 characters. Spaces and Japanese are not possible.
    e.g. DatabaseAdmin

    [permission-set.name-too-long]
    "DatabaseAdministratorOfTheSalesTeam" in "セット名" is too long for the name of a permission set (35 characters).
    -> Shorten it to at most 32 characters.
    e.g. DatabaseAdmin

    [permission-set.name-conflict]
    "Developer" in "セット名" is also used by another record whose content differs.
    https://example.cybozu.com/k/10/show#record=12
    https://example.cybozu.com/k/10/show#record=40
    -> Keep only one record for each permission set: leave the right record as it is, and rename or delete the others.
    e.g. Developer-2

    [permission-set.not-managed]
    The name "AdministratorAccess" in "セット名" already belongs to a permission set in AWS that is not managed from this app.
    -> Choose another name. To manage the existing permission set from this app, ask an administrator whether it can be taken over.
    e.g. AdministratorAccess-2

    [permission-set.name-still-meant]
    "Developer" in "セット名" was defined by a record that has been deleted, and this record defines it differently. Assignment records still mean the former one: 3, 4.
    -> Have the authors of these assignment records choose the permission set again, give this record another name, or define the same as before.
    e.g. Developer-2

    [permission-set.name-in-use]
    "Developer" in "セット名" is still used by the permission set of another record, which was renamed.
    https://example.cybozu.com/k/10/show#record=12
    -> Wait until that change of name has reached AWS, or choose another name. The name does not become free while assignment records still give "Developer".
    e.g. Developer-2

    [permission-set.denied-by-guardrail]
    With what this record says, "Developer" in "セット名" would let its holders become administrators. The rule "no administrators in production" of your company does not allow that to "taro.yamada@example.co.jp" and "Sales-Developers", who have it in the AWS account "Production (222222222222)".
    -> The permission set stays as it is in AWS. Take out the policies that go so far, or make another permission set for administrators. If the access is needed, tell an administrator why.

    [permission-set.no-policies]
    The permission set "DatabaseAdmin" has no policy at all: "AWSのポリシー" and the other fields for policies are empty.
    -> As it is, nobody can do anything with it. Enter the policies that are needed. The rest of this record is carried out.
    e.g. ReadOnlyAccess

    [session-duration.invalid]
    "8じかん" in "セッション時間" cannot be read as a duration.
    -> Enter just a number of hours (8 for 8 hours). Empty means 1 hour.
    e.g. 8 (8 hours)

    [session-duration.out-of-range]
    "24" in "セッション時間" is not possible: AWS allows 1 to 12 hours.
    -> Enter 1 to 12 hours. Empty means 1 hour.
    e.g. 8 (8 hours)

    [relay-state.invalid]
    "http://console.aws.amazon.com/" in "最初のページ" cannot be used as the address of the first page.
    -> Enter an AWS console address that begins with https://, in half-width characters and at most 240 of them.
    e.g. https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home

    [policy.managed-not-found]
    The AWS managed policy "ReadOnlyAcess" in "AWSのポリシー" was not found.
    -> Did you mean "ReadOnlyAccess" or "RDSReadOnlyAccess"? Enter the name or the ARN of an AWS managed policy.
    e.g. ReadOnlyAccess

    [policy.managed-not-attachable]
    "AmazonECSServiceRolePolicy" in "AWSのポリシー" is a policy for AWS services only, so that a permission set cannot use it.
    -> Choose another AWS managed policy.
    e.g. ReadOnlyAccess

    [policy.wrong-partition]
    "arn:aws-cn:iam::aws:policy/ReadOnlyAccess" in "AWSのポリシー" is an ARN of another AWS partition, such as the China Regions.
    -> Enter an ARN that begins with arn:aws: or only the name of the policy.
    e.g. arn:aws:iam::aws:policy/ReadOnlyAccess

    [policy.not-aws-managed]
    "arn:aws:iam::123456789012:policy/sales/Deploy" in "AWSのポリシー" is not an AWS managed policy.
    -> Enter a policy of your own in the field for customer managed policies; as a permissions boundary, write customer: before it.
    e.g. /sales/Deploy (as a permissions boundary customer:/sales/Deploy)

    [policy.customer-managed-invalid]
    "arn:aws:iam::123456789012:policy/Deploy" in "独自のポリシー" cannot be the name of a customer managed policy.
    -> Enter only the name, or /path/name, in half-width characters. An ARN is not possible.
    e.g. /Deploy

    [policy.same-name]
    "/team/deploy" in "独自のポリシー" and "/Deploy" have one name in IAM, so that they cannot be used together. An AWS account can have only one of them, whatever path and letter case.
    -> Leave only one of them, or give the policies different names.

    [policy.boundary-invalid]
    "customer:開発者の境界" in "権限の上限" cannot be a permissions boundary.
    -> Enter the name or the ARN of an AWS managed policy. For a customer managed policy, write customer: and then its name or /path/name.
    e.g. customer:/boundaries/DeveloperBoundary

    [policy.too-many]
    There are 26 policies in "AWSのポリシー" and the customer managed policies together. A permission set can have 25.
    -> Leave at most 25 in all. What several policies say can go into one customer managed policy or into the inline policy.

    [policy.over-role-default]
    There are 12 policies in "AWSのポリシー" and the customer managed policies together. Unless AWS has raised the limit, a role can have 10.
    -> Leave at most 10 in all, or ask an administrator to have the limit raised in every AWS account the permission set is assigned in. In accounts with the lower limit it cannot be applied. The rest of this record is carried out.

    [policy.json-syntax]
    The JSON in "ポリシーのJSON" is not valid. In line 5, column 7, a comma (,) is missing after this.
          "Action": "s3:GetObject"
          ^
    -> Enter , after this place.
    e.g. "Effect": "Allow", "Action": "s3:GetObject"

    [policy.full-width-character]
    In "ポリシーのJSON", line 4, column 18: “ (U+201C) is a full-width quote.
          "Effect" : “Allow”,
                     ^
    -> Put the half-width " in its place. If the text was pasted from a document or a chat, check its other characters too.
    e.g. "Effect": "Allow"

    [policy.character-not-allowed]
    In "ポリシーのJSON", line 3, column 15: 開 (U+958B) cannot be used in a policy.
          "Sid": "開発者",
                  ^
    -> Use only half-width letters, digits and symbols. Explanations in Japanese belong in the description of the permission set.
    e.g. "Sid": "AllowRead"

    [policy.duplicate-key]
    In "ポリシーのJSON", line 6, column 7: the element "Action" is there twice.
    -> A name can occur only once within the same { }. Merge the two, or write separate statements.
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [policy.forbidden-key]
    In "ポリシーのJSON", line 6, column 7: an element cannot be named "__proto__".
    -> Delete this element.

    [policy.too-deep]
    The brackets in "ポリシーのJSON" are nested too deeply.
    -> Nest at most 20 levels. Check also whether a closing bracket is missing.
    e.g. {
      "Version": "2012-10-17",
      "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]
    }

    [policy.too-large]
    The policy in "ポリシーのJSON" is too long (40000 characters).
    -> Shorten it to at most 32768 characters, spaces and line breaks included. Part of it can go into a customer managed policy.

    [policy.too-many-characters]
    The policy in "ポリシーのJSON" is too long (10300 characters without spaces and line breaks).
    -> Shorten it to at most 10240 characters without spaces and line breaks. Part of it can go into a customer managed policy.

    [policy.grammar]
    In "ポリシーのJSON", Statement[1].Effect (statement 2): the value of Effect is not valid.
    -> Enter Allow or Deny, with just the first letter in upper case.
    e.g. "Effect": "Allow"

    [policy.analyzer-finding]
    AWS's policy check found a problem in "ポリシーのJSON", line 5, column 17 (INVALID_ACTION).
    The action s3:GetObjects does not exist.
    -> Correct the policy; this page explains the problem.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html

    [assignment.permission-set-unknown]
    The permission set "Develper" in "許可セット" was not found.
    -> Did you mean "Developer"? Enter a name that the permission-set app has.
    e.g. Developer

    [assignment.permission-set-not-approved]
    "Developer" in "許可セット" cannot be assigned yet: the record of the permission set has not been approved.
    https://example.cybozu.com/k/10/show#record=12
    -> Once that record is approved, the assignments follow automatically. There is nothing for you to do, unless you meant another permission set.

    [assignment.permission-set-held]
    New assignments of "Developer" in "許可セット" wait, because the record of the permission set has a problem.
    https://example.cybozu.com/k/10/show#record=12
    -> Once that record is corrected, the assignments follow automatically. There is nothing for you to do. Earlier assignments stay. The rest of this record is carried out.

    [assignment.permission-set-unclear]
    "Developer" in "許可セット" has been the name of more than one permission set, and it cannot be told which one was meant.
    https://example.cybozu.com/k/10/show#record=12
    https://example.cybozu.com/k/10/show#record=13
    -> Choose the permission set again (in a lookup, look it up again), and save the record. Until then what it granted before stays.

    [assignment.permission-set-renamed]
    "Developer" in "許可セット" has been renamed to "SalesDeveloper".
    -> Change it to "SalesDeveloper". If the field is a lookup, look it up again. Until then it works as "SalesDeveloper", so there is no hurry. The rest of this record is carried out.
    e.g. SalesDeveloper

    [assignment.denied-by-guardrail]
    The rule "no administrators in production" of your company does not allow "Administrator" in "許可セット" to "taro.yamada@example.co.jp" and "Sales-Developers" in the AWS account "Production (222222222222)".
    -> Take these users, groups or accounts out of the record, or choose another permission set. If the access is needed, tell an administrator why. The rest of this record is carried out.

    [assignment.no-principals]
    "利用者" is empty, and neither a user nor a group is named.
    -> Enter at least one user or group. To end the assignments, delete this record.
    e.g. taro.yamada (user), Sales-Developers (group)

    [assignment.too-many-groups]
    There are too many groups in "部署". All records together assign "Developer" in account "111122223333" to 104 groups, and AWS allows 100.
    -> Leave at most 100 groups in all. To merge groups into one, ask an administrator.

    [period.unreadable]
    "2027-02-31" in "利用終了" is no date and no time that can be read.
    -> Enter a date, or a date and a time. A date as an end counts to the end of that day.
    e.g. 2027-03-31 18:00

    [period.reversed]
    The end of the record, "利用終了", is not after its beginning.
    -> Correct the beginning or the end. To end the assignments now, delete this record.

    [period.too-long]
    "利用終了" is too far away: the rule "administrators for a day" allows "Administrator" for at most 8 hours.
    -> Enter an earlier end. It counts from the beginning, or from when the record was first carried out; for longer make a new record. The rest of this record is carried out.

    [period.end-required]
    "利用終了" is empty, and the rule "only for a time" allows "Administrator" only for a time.
    -> Enter when the access is to end. The rest of this record is carried out.
    e.g. 2027-03-31 18:00

    [target.is-a-name]
    "all" in "AWSアカウント" stands for many accounts, and is the name of one as well.
    -> Enter the 12-digit id of the account, or ask an administrator to rename it.
    e.g. 123456789012

    [target.unknown]
    The organizational unit "ou:Root/Workload" in "AWSアカウント" was not found.
    -> Did you mean "ou:Root/Workloads"? Enter the names of the units from the root down, or the id of the unit.
    e.g. ou:Root/Workloads/Prod

    [target.ambiguous]
    "ou:Root/Prod" in "AWSアカウント" may be any of these organizational units: "ou-abcd-11111111" or "ou-abcd-22222222".
    -> Enter the id of the unit.
    e.g. ou:ou-abcd-12345678

    [target.empty]
    "name:*-prd" in "AWSアカウント" stands for no account.
    -> Did you mean "shop-prod"? Correct the entry, or take it out. What the record granted stays until then.

    [target.only-exclusions]
    "AWSアカウント" only leaves accounts out ("!Sandbox"), and names none.
    -> Enter what they are left out of, such as all or an organizational unit.
    e.g. all

    [target.off]
    Entries such as "tag:env=prod" in "AWSアカウント" are not allowed here (tag:).
    -> Enter the ids or names of the accounts, or ask an administrator.
    e.g. 123456789012

    [account.unknown]
    The AWS account "Sandbx" in "AWSアカウント" was not found.
    -> Did you mean "Sandbox"? Enter the 12-digit account id or the exact account name. Upper and lower case matter.
    e.g. 123456789012

    [account.ambiguous]
    The name "Sandbox" in "AWSアカウント" belongs to more than one AWS account: "111122223333" and "444455556666".
    -> Enter the 12-digit account id instead of the name.
    e.g. 123456789012

    [account.not-active]
    The AWS account "Old Sandbox" in "AWSアカウント" is not active (state: suspended).
    -> Remove an account that is no longer used from "AWSアカウント". The assignments of this account are not changed until it is active. The rest of this record is carried out.

    [account.holds-keys]
    "Identity" in "AWSアカウント" is the account that kintone-sso-sync runs in, or holds its memory.
    -> Who has access there could change the sync itself, so its assignments are left alone. Ask an administrator if you need one. The rest of this record is carried out.

    [account.management]
    "Main" in "AWSアカウント" is the management account of the organization.
    -> Administrators manage its assignments in Terraform, so they are left alone here. Ask an administrator if you need one. The rest of this record is carried out.

    [account.protected]
    "Audit" in "AWSアカウント" is a protected AWS account.
    -> Its assignments are left alone. Ask an administrator if you need one. The rest of this record is carried out.

    [user.unknown]
    "yamda@example.co.jp" in "利用者" is not a user of IAM Identity Center yet, 90 minutes after the record was last updated.
    -> The login name may be misspelt, the user may not be synchronised from Entra ID yet (about 40 minutes), or the user may have been deactivated. Correct the name, ask an administrator, or remove the user from "利用者".
    e.g. taro.yamada@example.co.jp

    [user.ambiguous]
    More than one user in IAM Identity Center matches "sales@example.co.jp" in "利用者": "sato@example.co.jp" and "suzuki@example.co.jp".
    -> Ask an administrator to make them differ, or remove the user from "利用者".

    [user.disabled]
    "tanaka@example.co.jp" in "利用者" is disabled in IAM Identity Center.
    -> Remove the user from "利用者", or ask an administrator to enable the user. The rest of this record is carried out.

    [user.gone]
    "tanaka@example.co.jp" in "利用者" has been deleted from IAM Identity Center.
    -> Remove the user from "利用者". The rest of this record is carried out.

    [user.changed]
    "tanaka@example.co.jp" in "利用者" is the name of another user than when this record was saved last. That user gets nothing from it for now.
    -> If the record is to mean the user who has the name now, save it once more. Otherwise remove the user from "利用者". The rest of this record is carried out.

    [user.renamed]
    The user "tanaka@example.co.jp" in "利用者" is called "yamamoto@example.co.jp" in IAM Identity Center now.
    -> Choose or enter the user once more, as "yamamoto@example.co.jp". Until then everybody keeps what this record gave.
    e.g. yamamoto@example.co.jp

    [group.unknown]
    The group "Sales-Devs" in "部署" was not found in IAM Identity Center.
    -> Did you mean "Sales-Dev" or "Sales-DevOps"? Enter the exact display name of the group. A new group has to be synchronised from Entra ID first.
    e.g. Sales-Dev

    [group.ambiguous]
    The name "Sales-Dev" in "部署" belongs to more than one group in IAM Identity Center.
    -> Ask an administrator to give the groups different names.

    [group.gone]
    The group "Sales-Dev" in "部署" has been deleted from IAM Identity Center.
    -> Remove the group from "部署". The rest of this record is carried out.

    [group.changed]
    "Sales-Dev" in "部署" is the name of another group than when this record was saved last. That group gets nothing from it for now.
    -> If the record is to mean the group that has the name now, save it once more. Otherwise remove the group from "部署". The rest of this record is carried out.

    [group.renamed]
    The group "Sales-Dev" in "部署" is called "Sales-Tokyo" in IAM Identity Center now.
    -> Enter "Sales-Tokyo" instead. Until then everybody keeps what this record gave.
    e.g. Sales-Tokyo

    [principal.protected]
    "breakglass@example.co.jp" in "利用者" is a protected user or group.
    -> Its assignments are left alone. Ask an administrator if you need one. The rest of this record is carried out."
  `);
});

it("reads like this for every problem with a policy's grammar", () => {
  const texts = grammarProblems.map((problem) => {
    const issue = sampleIssue("policy.grammar", { path: grammarPaths[problem], problem });
    return layOut(problem, describeIssue(issue, "en", contextOf(issue)));
  });
  expect(texts.join("\n\n")).toMatchInlineSnapshot(`
    "[not-an-object]
    In "ポリシーのJSON": the policy is not enclosed in { }.
    -> Put { and } around the whole policy.
    e.g. {
      "Version": "2012-10-17",
      "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]
    }

    [version-missing]
    In "ポリシーのJSON": Version is missing.
    -> Add Version at the start of the policy.
    e.g. "Version": "2012-10-17"

    [version-invalid]
    In "ポリシーのJSON": the value of Version is not valid.
    -> Enter 2012-10-17. It is a fixed value and not the date of the policy.
    e.g. "Version": "2012-10-17"

    [statement-missing]
    In "ポリシーのJSON": Statement is missing.
    -> Say in Statement what is allowed or denied.
    e.g. "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]

    [statement-empty]
    In "ポリシーのJSON": Statement is empty.
    -> Enter at least one statement, or delete the whole policy if it is not needed.
    e.g. "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]

    [statement-not-an-object]
    In "ポリシーのJSON", Statement[0] (statement 1): the statement is not enclosed in { }.
    -> Put { and } around each statement.
    e.g. {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}

    [effect-missing]
    In "ポリシーのJSON", Statement[0].Effect (statement 1): Effect is missing.
    -> Enter Allow or Deny.
    e.g. "Effect": "Allow"

    [effect-invalid]
    In "ポリシーのJSON", Statement[2].Effect (statement 3): the value of Effect is not valid.
    -> Enter Allow or Deny, with just the first letter in upper case.
    e.g. "Effect": "Allow"

    [action-missing]
    In "ポリシーのJSON", Statement.Action: Action is missing.
    -> Enter at least one action in Action or NotAction.
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [action-and-not-action]
    In "ポリシーのJSON", Statement[0].NotAction (statement 1): there are both Action and NotAction.
    -> Delete one of the two.
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [action-invalid]
    In "ポリシーのJSON", Statement[0].Action[3] (statement 1): this is not the form of an action.
    -> Enter service:action, or * for all actions.
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [resource-missing]
    In "ポリシーのJSON", Statement[0].Resource (statement 1): Resource is missing.
    -> Enter at least one ARN in Resource or NotResource, or * for all resources.
    e.g. "Resource": "arn:aws:s3:::example-bucket/*"

    [resource-and-not-resource]
    In "ポリシーのJSON", Statement[0].NotResource (statement 1): there are both Resource and NotResource.
    -> Delete one of the two.
    e.g. "Resource": "arn:aws:s3:::example-bucket/*"

    [resource-invalid]
    In "ポリシーのJSON", Statement[0].Resource (statement 1): this is not the form of a resource.
    -> Enter an ARN, which begins with arn:, or * for all resources.
    e.g. "Resource": "arn:aws:s3:::example-bucket/*"

    [principal-not-allowed]
    In "ポリシーのJSON", Statement[0].Principal (statement 1): the policy of a permission set cannot have Principal or NotPrincipal.
    -> Delete this element. Users and groups are named in the assignment app.
    e.g. {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}

    [condition-invalid]
    In "ポリシーのJSON", Statement[0].Condition (statement 1): this is not the form of a Condition.
    -> Enter the condition operator, the condition key and the value, nested as in the example.
    e.g. "Condition": {"StringEquals": {"aws:RequestedRegion": "ap-northeast-1"}}

    [sid-invalid]
    In "ポリシーのJSON", Statement[0].Sid (statement 1): the value of Sid is not valid.
    -> Enter a text of half-width letters and digits only, without symbols, spaces and Japanese.
    e.g. "Sid": "AllowRead"

    [sid-duplicate]
    In "ポリシーのJSON", Statement[1].Sid (statement 2): another statement has the same Sid.
    -> Give every statement a Sid of its own.
    e.g. "Sid": "AllowRead2"

    [unknown-element]
    In "ポリシーのJSON", Statement[0].Actions (statement 1): a policy cannot have an element with this name.
    -> Check the spelling. Upper and lower case matter. A statement can have Sid, Effect, Action, NotAction, Resource, NotResource and Condition.
    e.g. {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}"
  `);
});
