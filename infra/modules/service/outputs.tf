output "function" {
  description = "The service's HTTP function: name, the ARN by which an API Gateway calls it, and its policy document. Null if the service has no routes."
  value       = one([for function in module.function : { name = function.name, invoke_arn = function.invoke_arn, policy = function.policy }])
}

output "subscriptions" {
  description = "Function name, policy document, dead-letter queue and concurrency limit of each subscription, by its name."
  value = { for name, subscription in module.subscription : name => {
    function_name          = subscription.function_name
    policy                 = subscription.policy
    dead_letter_queue_url  = subscription.dead_letter_queue_url
    dead_letter_queue_name = subscription.dead_letter_queue_name
    reserved_concurrency   = subscription.reserved_concurrency
  } }
}
