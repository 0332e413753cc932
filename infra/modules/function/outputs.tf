output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function. It is known only after its policy exists, so that an event source can be mapped to it."
  value       = aws_lambda_function.this.arn
}

output "invoke_arn" {
  description = "ARN that API Gateway uses to call the function."
  value       = aws_lambda_function.this.invoke_arn
}

output "policy" {
  description = "The function's policy document as JSON."
  value       = aws_iam_role_policy.this.policy
}

output "reserved_concurrency" {
  description = "Highest number of parallel runs; -1 for no limit."
  value       = aws_lambda_function.this.reserved_concurrent_executions
}
