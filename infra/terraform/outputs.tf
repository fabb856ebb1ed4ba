output "role_arn" {
  description = "For AWS_ROLE_ARN"
  value       = aws_iam_role.sync.arn
}
