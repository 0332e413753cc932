output "reading" {
  description = "By the name of each function that reads texts: its variables and statements for that."
  value       = local.reading
}

output "files" {
  description = "The bucket of what organizations taught: name and ARN."
  value       = { name = module.files.name, arn = module.files.arn }
}

output "consumers" {
  description = "By subscription: the function's name and policy, its dead-letter queue, and its limit."
  value = { for name, subscription in module.subscription : name => {
    function_name          = subscription.function_name
    policy                 = subscription.policy
    dead_letter_queue_url  = subscription.dead_letter_queue_url
    dead_letter_queue_name = subscription.dead_letter_queue_name
    reserved_concurrency   = subscription.reserved_concurrency
  } }
}
