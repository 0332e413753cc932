# Refuses whoever brings no access token, before a function is called and paid for. The functions check tokens all the
# same; for which client of the pool a token was made, only they do.
resource "aws_api_gateway_authorizer" "access_tokens" {
  count = var.authorizer == null ? 0 : 1

  rest_api_id   = aws_api_gateway_rest_api.this.id
  name          = "access-tokens"
  type          = "COGNITO_USER_POOLS"
  provider_arns = [var.authorizer.user_pool_arn]

  # When it goes, methods let go of it first.
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  guarded = var.authorizer == null ? [] : [for path in keys(var.routes) : path if !contains(var.authorizer.open_paths, path)]

  # Without scopes API Gateway takes ID tokens only. An access token must have one of these: the first is in those of the
  # hosted login, the second in those that programs get of the pool without it.
  scopes = ["openid", "aws.cognito.signin.user.admin"]
}
