# One object for each pass. Whoever administers this account may read them; only the role makes them, and only new ones.

resource "aws_s3_bucket" "audit" {
  count               = local.creates_audit ? 1 : 0
  bucket_prefix       = "kintone-sso-sync-audit-"
  object_lock_enabled = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "audit" {
  count  = local.creates_audit ? 1 : 0
  bucket = aws_s3_bucket.audit[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "audit" {
  count  = local.creates_audit ? 1 : 0
  bucket = aws_s3_bucket.audit[0].id

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = var.audit_retention_days
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "audit" {
  count  = local.creates_audit ? 1 : 0
  bucket = aws_s3_bucket.audit[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "audit" {
  count  = local.creates_audit ? 1 : 0
  bucket = aws_s3_bucket.audit[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "audit" {
  count                   = local.creates_audit ? 1 : 0
  bucket                  = aws_s3_bucket.audit[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "audit" {
  count  = local.creates_audit ? 1 : 0
  bucket = aws_s3_bucket.audit[0].id
  policy = data.aws_iam_policy_document.audit_bucket[0].json
}

data "aws_iam_policy_document" "audit_bucket" {
  count = local.creates_audit ? 1 : 0

  statement {
    sid         = "OnlyTheRoleWrites"
    effect      = "Deny"
    not_actions = ["s3:GetObject*"]
    resources   = ["arn:${local.partition}:s3:::${aws_s3_bucket.audit[0].id}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [aws_iam_role.sync.arn]
    }
  }

  statement {
    sid         = "NothingButReadingAndCreating"
    effect      = "Deny"
    not_actions = ["s3:GetObject*", "s3:PutObject"]
    resources   = ["arn:${local.partition}:s3:::${aws_s3_bucket.audit[0].id}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
  statement {
    sid       = "NeverReplaced"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["arn:${local.partition}:s3:::${aws_s3_bucket.audit[0].id}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:if-none-match"
      values   = ["true"]
    }
  }

  statement {
    sid     = "OnlyEncryptedConnections"
    effect  = "Deny"
    actions = ["s3:*"]
    resources = [
      "arn:${local.partition}:s3:::${aws_s3_bucket.audit[0].id}",
      "arn:${local.partition}:s3:::${aws_s3_bucket.audit[0].id}/*",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
