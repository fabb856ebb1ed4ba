# What a pass leaves for the next one. Only the role reads and writes it; whoever may change this policy could do so too,
# so give access to this account to few.

resource "aws_s3_bucket" "memory" {
  count         = local.creates_memory ? 1 : 0
  bucket_prefix = "kintone-sso-sync-memory-"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "memory" {
  count  = local.creates_memory ? 1 : 0
  bucket = aws_s3_bucket.memory[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "memory" {
  count  = local.creates_memory ? 1 : 0
  bucket = aws_s3_bucket.memory[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "memory" {
  count  = local.creates_memory ? 1 : 0
  bucket = aws_s3_bucket.memory[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "memory" {
  count                   = local.creates_memory ? 1 : 0
  bucket                  = aws_s3_bucket.memory[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "memory" {
  count  = local.creates_memory ? 1 : 0
  bucket = aws_s3_bucket.memory[0].id

  rule {
    id     = "earlier-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
}

resource "aws_s3_bucket_policy" "memory" {
  count  = local.creates_memory ? 1 : 0
  bucket = aws_s3_bucket.memory[0].id
  policy = data.aws_iam_policy_document.memory_bucket[0].json
}

data "aws_iam_policy_document" "memory_bucket" {
  count = local.creates_memory ? 1 : 0

  statement {
    sid       = "OnlyTheRole"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:${local.partition}:s3:::${aws_s3_bucket.memory[0].id}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = concat([aws_iam_role.sync.arn], var.adopter_arn == "" ? [] : [var.adopter_arn])
    }
  }

  statement {
    sid         = "NothingButReadingAndWriting"
    effect      = "Deny"
    not_actions = ["s3:GetObject", "s3:PutObject"]
    resources   = ["arn:${local.partition}:s3:::${aws_s3_bucket.memory[0].id}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  statement {
    sid     = "OnlyEncryptedConnections"
    effect  = "Deny"
    actions = ["s3:*"]
    resources = [
      "arn:${local.partition}:s3:::${aws_s3_bucket.memory[0].id}",
      "arn:${local.partition}:s3:::${aws_s3_bucket.memory[0].id}/*",
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
