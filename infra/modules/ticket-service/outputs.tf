output "table" {
  description = "The service's table: name, ARN, and ARN of its stream (null where it has none)."
  value       = { name = module.table.name, arn = module.table.arn, stream_arn = module.table.stream_arn }
}

output "function" {
  description = "The service's HTTP function: name, the ARN by which an API Gateway calls it, and its policy document. Null where it has none."
  value       = one([for function in module.function : { name = function.name, invoke_arn = function.invoke_arn, policy = function.policy }])
}
