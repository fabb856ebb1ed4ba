output "role_arn" {
  description = "For AWS_ROLE_ARN"
  value       = aws_iam_role.sync.arn
}

output "memory" {
  description = "For KINTONE_SSO_SYNC_MEMORY, or memory in the configuration; null without"
  value       = local.has_memory ? "s3://${local.memory_object}" : null
}

output "audit" {
  description = "For KINTONE_SSO_SYNC_AUDIT, or audit in the configuration; null without"
  value       = local.has_audit ? "s3://${local.audit_prefix}" : null
}
