output "issuer" {
  description = "The issuer of the pool's tokens; its keys are published below this address."
  value       = "https://cognito-idp.${data.aws_region.current.name}.amazonaws.com/${aws_cognito_user_pool.this.id}"
}

output "client_id" {
  description = "Id of the app client."
  value       = aws_cognito_user_pool_client.console.id
}

output "user_pool_id" {
  description = "Id of the user pool."
  value       = aws_cognito_user_pool.this.id
}

output "user_pool_arn" {
  description = "ARN of the user pool."
  value       = aws_cognito_user_pool.this.arn
}

output "hosted_login_url" {
  description = "Address of the hosted login."
  value       = "https://${aws_cognito_user_pool_domain.hosted_login.domain}.auth.${data.aws_region.current.name}.amazoncognito.com"
}

output "pre_token_function" {
  description = "The function that adds organization, user and role to tokens."
  value       = { name = module.pre_token.name, arn = module.pre_token.arn }
}
