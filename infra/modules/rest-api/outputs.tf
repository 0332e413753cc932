output "id" {
  description = "Id of the API."
  value       = aws_api_gateway_rest_api.this.id
}

output "stage" {
  description = "Name of the stage."
  value       = aws_api_gateway_stage.this.stage_name
}

output "invoke_url" {
  description = "Where the API answers, without a slash at the end: append /v1/tickets."
  value       = aws_api_gateway_stage.this.invoke_url
}

output "deployment" {
  description = "Fingerprint of what the API answers; a new one means a new deployment."
  value       = aws_api_gateway_deployment.this.triggers.answers
}

output "guarded_paths" {
  description = "Paths at which API Gateway itself asks for an access token."
  value       = local.guarded
}
