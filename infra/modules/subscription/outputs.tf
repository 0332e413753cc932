output "dead_letter_queue_url" {
  description = "URL of the dead-letter queue."
  value       = aws_sqs_queue.dead_letters.url
}

output "dead_letter_queue_name" {
  description = "Name of the dead-letter queue, for its alarm."
  value       = aws_sqs_queue.dead_letters.name
}

output "function_name" {
  description = "Name of the function."
  value       = module.function.name
}

output "policy" {
  description = "The function's policy document as JSON."
  value       = module.function.policy
}

output "reserved_concurrency" {
  description = "Highest number of events handled at once; -1 for no limit."
  value       = module.function.reserved_concurrency
}
