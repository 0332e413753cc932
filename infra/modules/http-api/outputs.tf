output "id" {
  description = "Id of the API."
  value       = aws_apigatewayv2_api.this.id
}

output "stage" {
  description = "Name of the stage."
  value       = aws_apigatewayv2_stage.this.name
}

output "invoke_url" {
  description = "Address of the API, without a slash at the end: append /v1/tickets."
  value       = trimsuffix(aws_apigatewayv2_stage.this.invoke_url, "/")
}

output "guarded_paths" {
  description = "Paths for which API Gateway itself requires an access token."
  value       = local.guarded
}
