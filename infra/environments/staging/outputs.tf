# Printed by npm run generate from modules/support-system.

output "api_invoke_url" {
  description = "Address of the API, without a slash at the end: append /v1/tickets."
  value       = module.support_system.api_invoke_url
}

output "api_id" {
  description = "Id of the API."
  value       = module.support_system.api_id
}

output "api_kind" {
  description = "`http` or `rest`."
  value       = module.support_system.api_kind
}

output "stage" {
  description = "Stage of the API."
  value       = module.support_system.stage
}

output "layout" {
  description = "`one-function` or `per-service`."
  value       = module.support_system.layout
}

output "function_names" {
  description = "Names of the functions, by their short names."
  value       = module.support_system.function_names
}

output "table_names" {
  description = "Names of the tables, by their short names."
  value       = module.support_system.table_names
}

output "event_bus_name" {
  description = "Name of the event bus."
  value       = module.support_system.event_bus_name
}

output "dead_letter_queue_urls" {
  description = "URLs of the dead-letter queues, by subscription, and `relay`."
  value       = module.support_system.dead_letter_queue_urls
}

output "files_bucket" {
  description = "Name of the bucket with the lessons of organizations."
  value       = module.support_system.files_bucket
}

output "signing_secret" {
  description = "Name of the secret with the keys of cursors; empty if the keys are in the tables."
  value       = module.support_system.signing_secret
}

output "sign_in" {
  description = "Sign-in: issuer, app client, user pool and the address of the hosted login; null in open mode."
  value       = module.support_system.sign_in
}
