# Refuses requests without a valid token before a function is called and paid for. The functions check the token again;
# only they check for which client of the pool it was made.
resource "aws_api_gateway_authorizer" "access_tokens" {
  count = var.authorizer == null ? 0 : 1

  rest_api_id   = aws_api_gateway_rest_api.this.id
  name          = "access-tokens"
  type          = "COGNITO_USER_POOLS"
  provider_arns = [var.authorizer.user_pool_arn]

  # Methods must stop using an authorizer before it is destroyed.
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  guarded = var.authorizer == null ? [] : [for path in keys(var.routes) : path if !contains(var.authorizer.open_paths, path)]

  # Without scopes, API Gateway accepts ID tokens only. An access token must have one of these scopes: tokens of the
  # hosted login have the first; tokens that a program gets from the pool directly have the second.
  scopes = ["openid", "aws.cognito.signin.user.admin"]
}
