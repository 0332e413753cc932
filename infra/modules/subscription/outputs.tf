output "queue_url" {
  description = "URL of the queue."
  value       = aws_sqs_queue.this.url
}

output "dead_letter_queue_url" {
  description = "URL of the queue of what was given up."
  value       = aws_sqs_queue.dead_letters.url
}

output "dead_letter_queue_name" {
  description = "Name of that queue, for its alarm."
  value       = aws_sqs_queue.dead_letters.name
}

output "function_name" {
  description = "Name of the function."
  value       = module.function.name
}

output "policy" {
  description = "The function's policy document, JSON."
  value       = module.function.policy
}
