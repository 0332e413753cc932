output "api_invoke_url" {
  description = "Address of the API, without a slash at the end: append /v1/tickets."
  value       = local.deployed_api.invoke_url
}

output "api_id" {
  description = "Id of the API."
  value       = local.deployed_api.id
}

output "api_kind" {
  description = "`http` or `rest`."
  value       = var.api
}

output "stage" {
  description = "Stage of the API."
  value       = local.deployed_api.stage
}

output "layout" {
  description = "`one-function` or `per-service`."
  value       = var.layout
}

output "function_names" {
  description = "Names of the functions, by their short names."
  value       = local.function_names
}

output "table_names" {
  description = "Names of the tables, by their short names."
  value       = { for key, table in module.table : key => table.name }
}

output "event_bus_name" {
  description = "Name of the event bus."
  value       = module.event_bus.name
}

output "dead_letter_queue_urls" {
  description = "URLs of the dead-letter queues, by subscription, and `relay`."
  value = merge(
    { for name, subscription in local.subscriptions : name => subscription.dead_letter_queue_url },
    { relay = module.relay.dead_letter_queue_url },
  )
}

output "files_bucket" {
  description = "Name of the bucket with the lessons of organizations."
  value       = module.files.name
}

output "signing_secret" {
  description = "Name of the secret with the keys of cursors; empty if the keys are in the tables."
  value       = join("", aws_secretsmanager_secret.signing[*].name)
}

output "sign_in" {
  description = "Sign-in: issuer, app client, user pool and the address of the hosted login; null in open mode."
  value = one([for identity in module.identity : {
    issuer           = identity.issuer
    client_id        = identity.client_id
    user_pool_id     = identity.user_pool_id
    hosted_login_url = identity.hosted_login_url
  }])
}
