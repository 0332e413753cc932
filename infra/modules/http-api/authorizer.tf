# Refuses requests without a valid token before a function is called and paid for. The functions check the token again;
# only they check that it is an access token and not an ID token.
resource "aws_apigatewayv2_authorizer" "access_tokens" {
  count = var.authorizer == null ? 0 : 1

  api_id           = aws_apigatewayv2_api.this.id
  name             = "access-tokens"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.authorizer.issuer
    audience = [var.authorizer.client_id]
  }

  # Routes must stop using an authorizer before it is destroyed.
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  guarded = var.authorizer == null ? [] : [for path in keys(var.routes) : path if !contains(var.authorizer.open_paths, path)]
}
