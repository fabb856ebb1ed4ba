# The role of kintone-sso-sync, for the account that is the delegated administrator of IAM Identity Center.
# `kintone-sso-sync doctor --trust github` (or azure-devops) prints the same policies for the values it is given.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81"
    }
  }
}

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  partition       = data.aws_partition.current.partition
  permission_sets = "arn:${local.partition}:sso:::permissionSet/${split("/", var.instance_arn)[1]}/*"
  own_account     = data.aws_caller_identity.current.account_id
  creates_memory  = var.memory_object == ""
  has_memory      = var.memory_object != "none"
  memory_object   = local.creates_memory ? "${aws_s3_bucket.memory[0].id}/memory.json" : var.memory_object
  creates_audit   = var.audit_prefix == "" && var.audit_retention_days != 0
  has_audit       = var.audit_prefix != "" || local.creates_audit
  audit_prefix    = local.creates_audit ? "${aws_s3_bucket.audit[0].id}/" : var.audit_prefix
  is_github       = var.ci_system == "github"

  issuer   = local.is_github ? "token.actions.githubusercontent.com" : "vstoken.dev.azure.com/${var.azure_devops_organization_id}"
  audience = local.is_github ? "sts.amazonaws.com" : "api://AzureADTokenExchange"

  github_place = var.github_environment == "" ? "ref:refs/heads/${var.github_branch}" : "environment:${var.github_environment}"
  github_subjects = [
    "repo:${var.github_owner}/${var.github_repository}:${local.github_place}",
    "repo:${var.github_owner}@${var.github_owner_id}/${var.github_repository}@${var.github_repository_id}:${local.github_place}",
  ]
  azure_devops_subjects = ["sc://${var.azure_devops_organization}/${var.azure_devops_project}/${var.azure_devops_service_connection}"]

  provider_arn = var.existing_provider_arn == "" ? aws_iam_openid_connect_provider.ci[0].arn : var.existing_provider_arn
}

resource "aws_iam_openid_connect_provider" "ci" {
  count = var.existing_provider_arn == "" ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = [local.audience]
}

resource "aws_iam_role" "sync" {
  name                 = var.role_name
  description          = "kintone-sso-sync"
  max_session_duration = 3600
  assume_role_policy   = local.is_github ? data.aws_iam_policy_document.github_trust.json : data.aws_iam_policy_document.azure_devops_trust.json
}

resource "aws_iam_role_policy" "sync" {
  name   = "kintone-sso-sync"
  role   = aws_iam_role.sync.id
  policy = data.aws_iam_policy_document.permissions.json
}

data "aws_iam_policy_document" "github_trust" {
  statement {
    sid     = "TokensOfTheJob"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = local.github_subjects
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:repository_id"
      values   = [var.github_repository_id]
    }
  }
}

data "aws_iam_policy_document" "azure_devops_trust" {
  statement {
    sid     = "TokensOfTheJob"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "vstoken.dev.azure.com/${var.azure_devops_organization_id}:aud"
      values   = ["api://AzureADTokenExchange"]
    }

    condition {
      test     = "StringEquals"
      variable = "vstoken.dev.azure.com/${var.azure_devops_organization_id}:sub"
      values   = local.azure_devops_subjects
    }
  }
}

data "aws_iam_policy_document" "permissions" {
  statement {
    sid = "Read"
    actions = [
      "sso:ListInstances",
      "sso:DescribeInstance",
      "sso:ListPermissionSets",
      "sso:DescribePermissionSet",
      "sso:ListTagsForResource",
      "sso:GetInlinePolicyForPermissionSet",
      "sso:GetPermissionsBoundaryForPermissionSet",
      "sso:ListManagedPoliciesInPermissionSet",
      "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
      "sso:ListAccountsForProvisionedPermissionSet",
      "sso:ListPermissionSetsProvisionedToAccount",
      "sso:ListAccountAssignments",
      "sso:ListAccountAssignmentCreationStatus",
      "sso:ListAccountAssignmentDeletionStatus",
      "sso:ListPermissionSetProvisioningStatus",
      "sso:DescribeAccountAssignmentCreationStatus",
      "sso:DescribeAccountAssignmentDeletionStatus",
      "sso:DescribePermissionSetProvisioningStatus",
      "identitystore:ListUsers",
      "identitystore:ListGroups",
      "identitystore:ListGroupMemberships",
      "identitystore:DescribeUser",
      "identitystore:DescribeGroup",
      "organizations:DescribeOrganization",
      "organizations:ListAccounts",
      "organizations:ListRoots",
      "organizations:ListOrganizationalUnitsForParent",
      "organizations:ListAccountsForParent",
      "iam:ListPolicies",
      "access-analyzer:ValidatePolicy",
    ]
    resources = ["*"]
  }

  statement {
    sid = "CreateWithOwnerTag"
    actions = [
      "sso:CreatePermissionSet",
      "sso:TagResource",
    ]
    resources = [var.instance_arn, local.permission_sets]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kintone-sso-sync:owner"
      values   = [var.owner]
    }

    condition {
      test     = "ForAllValues:StringLike"
      variable = "aws:TagKeys"
      values   = ["kintone-sso-sync:*"]
    }
  }

  statement {
    sid = "TagOwnSets"
    actions = [
      "sso:TagResource",
    ]
    resources = [local.permission_sets]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/kintone-sso-sync:owner"
      values   = [var.owner]
    }

    condition {
      test     = "ForAllValues:StringLike"
      variable = "aws:TagKeys"
      values   = ["kintone-sso-sync:*"]
    }
  }

  statement {
    sid = "ChangeOwnSets"
    actions = [
      "sso:UpdatePermissionSet",
      "sso:DeletePermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:DeleteInlinePolicyFromPermissionSet",
      "sso:AttachManagedPolicyToPermissionSet",
      "sso:DetachManagedPolicyFromPermissionSet",
      "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
      "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
      "sso:PutPermissionsBoundaryToPermissionSet",
      "sso:DeletePermissionsBoundaryFromPermissionSet",
      "sso:ProvisionPermissionSet",
      "sso:CreateAccountAssignment",
      "sso:DeleteAccountAssignment",
    ]
    resources = [local.permission_sets]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/kintone-sso-sync:owner"
      values   = [var.owner]
    }
  }

  statement {
    sid = "InstanceSide"
    actions = [
      "sso:UpdatePermissionSet",
      "sso:DeletePermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:DeleteInlinePolicyFromPermissionSet",
      "sso:AttachManagedPolicyToPermissionSet",
      "sso:DetachManagedPolicyFromPermissionSet",
      "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
      "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
      "sso:PutPermissionsBoundaryToPermissionSet",
      "sso:DeletePermissionsBoundaryFromPermissionSet",
      "sso:ProvisionPermissionSet",
      "sso:CreateAccountAssignment",
      "sso:DeleteAccountAssignment",
    ]
    resources = [var.instance_arn]
  }

  statement {
    sid = "InstanceSideOfTags"
    actions = [
      "sso:TagResource",
    ]
    resources = [var.instance_arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "aws:TagKeys"
      values   = ["kintone-sso-sync:*"]
    }
  }

  statement {
    sid = "AccountSide"
    actions = [
      "sso:ProvisionPermissionSet",
      "sso:CreateAccountAssignment",
      "sso:DeleteAccountAssignment",
    ]
    resources = ["arn:${local.partition}:sso:::account/*"]
  }

  dynamic "statement" {
    for_each = local.has_memory ? [local.memory_object] : []
    content {
      sid = "Memory"
      actions = [
        "s3:GetObject",
        "s3:PutObject",
      ]
      resources = [
        "arn:${local.partition}:s3:::${local.memory_object}",
        "arn:${local.partition}:s3:::${local.memory_object}.lease",
      ]
    }
  }

  # Without it S3 does not say that there is no memory yet.
  dynamic "statement" {
    for_each = local.has_memory ? [local.memory_object] : []
    content {
      sid       = "WhetherThereIsMemory"
      actions   = ["s3:ListBucket"]
      resources = ["arn:${local.partition}:s3:::${split("/", local.memory_object)[0]}"]
    }
  }

  dynamic "statement" {
    for_each = local.has_audit ? [local.audit_prefix] : []
    content {
      sid       = "Audit"
      actions   = ["s3:PutObject"]
      resources = ["arn:${local.partition}:s3:::${local.audit_prefix}*"]
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == "" ? [] : [var.kms_key_arn]
    content {
      sid = "InstanceKey"
      actions = [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKeyWithoutPlaintext",
      ]
      resources = [var.kms_key_arn]

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["sso.*.amazonaws.com", "identitystore.*.amazonaws.com"]
      }
    }
  }

  statement {
    sid    = "NeverTheseAccounts"
    effect = "Deny"
    actions = [
      "sso:ProvisionPermissionSet",
      "sso:CreateAccountAssignment",
      "sso:DeleteAccountAssignment",
    ]
    resources = [for account in concat([var.management_account], var.protected_accounts) : "arn:${local.partition}:sso:::account/${account}"]
  }

  dynamic "statement" {
    for_each = var.allow_own_account ? [] : [local.own_account]
    content {
      sid    = "NeverOwnAccount"
      effect = "Deny"
      actions = [
        "sso:ProvisionPermissionSet",
        "sso:CreateAccountAssignment",
        "sso:DeleteAccountAssignment",
      ]
      resources = ["arn:${local.partition}:sso:::account/${local.own_account}"]
    }
  }

  statement {
    sid    = "NeverSetsOfAnotherOwner"
    effect = "Deny"
    actions = [
      "sso:TagResource",
    ]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/kintone-sso-sync:owner"
      values   = [var.owner]
    }

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/kintone-sso-sync:owner"
      values   = ["false"]
    }
  }

  statement {
    sid    = "NeverAnotherOwner"
    effect = "Deny"
    actions = [
      "sso:CreatePermissionSet",
      "sso:TagResource",
    ]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestTag/kintone-sso-sync:owner"
      values   = [var.owner]
    }

    condition {
      test     = "Null"
      variable = "aws:RequestTag/kintone-sso-sync:owner"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = var.take_over ? [] : [local.own_account]
    content {
      sid    = "NeverTakesOver"
      effect = "Deny"
      actions = [
        "sso:TagResource",
      ]
      resources = ["*"]

      condition {
        test     = "ForAnyValue:StringEquals"
        variable = "aws:TagKeys"
        values   = ["kintone-sso-sync:adopted"]
      }
    }
  }

  statement {
    sid    = "NeverAnythingElse"
    effect = "Deny"
    not_actions = concat([
      "sso:ListInstances",
      "sso:DescribeInstance",
      "sso:ListPermissionSets",
      "sso:DescribePermissionSet",
      "sso:ListTagsForResource",
      "sso:GetInlinePolicyForPermissionSet",
      "sso:GetPermissionsBoundaryForPermissionSet",
      "sso:ListManagedPoliciesInPermissionSet",
      "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
      "sso:ListAccountsForProvisionedPermissionSet",
      "sso:ListPermissionSetsProvisionedToAccount",
      "sso:ListAccountAssignments",
      "sso:ListAccountAssignmentCreationStatus",
      "sso:ListAccountAssignmentDeletionStatus",
      "sso:ListPermissionSetProvisioningStatus",
      "sso:DescribeAccountAssignmentCreationStatus",
      "sso:DescribeAccountAssignmentDeletionStatus",
      "sso:DescribePermissionSetProvisioningStatus",
      "identitystore:ListUsers",
      "identitystore:ListGroups",
      "identitystore:ListGroupMemberships",
      "identitystore:DescribeUser",
      "identitystore:DescribeGroup",
      "organizations:DescribeOrganization",
      "organizations:ListAccounts",
      "organizations:ListRoots",
      "organizations:ListOrganizationalUnitsForParent",
      "organizations:ListAccountsForParent",
      "iam:ListPolicies",
      "access-analyzer:ValidatePolicy",
      "sso:CreatePermissionSet",
      "sso:TagResource",
      "sso:UpdatePermissionSet",
      "sso:DeletePermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:DeleteInlinePolicyFromPermissionSet",
      "sso:AttachManagedPolicyToPermissionSet",
      "sso:DetachManagedPolicyFromPermissionSet",
      "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
      "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
      "sso:PutPermissionsBoundaryToPermissionSet",
      "sso:DeletePermissionsBoundaryFromPermissionSet",
      "sso:ProvisionPermissionSet",
      "sso:CreateAccountAssignment",
      "sso:DeleteAccountAssignment",
    ], local.has_memory ? ["s3:GetObject", "s3:ListBucket"] : [], local.has_memory || local.has_audit ? ["s3:PutObject"] : [], var.kms_key_arn == "" ? [] : ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext"])
    resources = ["*"]
  }
}
