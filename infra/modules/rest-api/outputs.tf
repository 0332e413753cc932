output "id" {
  description = "Id of the API."
  value       = aws_api_gateway_rest_api.this.id
}

output "stage" {
  description = "Name of the stage."
  value       = aws_api_gateway_stage.this.stage_name
}

output "invoke_url" {
  description = "Address of the API, without a slash at the end: append /v1/tickets."
  value       = aws_api_gateway_stage.this.invoke_url
}

output "deployment" {
  description = "Fingerprint of routes, functions and answers; a new one causes a new deployment."
  value       = aws_api_gateway_deployment.this.triggers.answers
}

output "guarded_paths" {
  description = "Paths for which API Gateway itself requires an access token."
  value       = local.guarded
}
