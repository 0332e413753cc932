resource "aws_apigatewayv2_api" "this" {
  name          = var.name
  description   = "Curlew, the support desk"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "function" {
  for_each = var.functions

  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = each.value.invoke_arn
  payload_format_version = "2.0"

  # When the layout changes, routes must move to the new functions before the old integrations are destroyed.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_apigatewayv2_route" "path" {
  for_each = merge({ for path, function in var.routes : "ANY ${path}" => function }, { "$default" = var.default_function })

  api_id             = aws_apigatewayv2_api.this.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.function[each.value].id}"
  authorization_type = contains(local.guarded, trimprefix(each.key, "ANY ")) ? "JWT" : "NONE"
  authorizer_id      = contains(local.guarded, trimprefix(each.key, "ANY ")) ? one(aws_apigatewayv2_authorizer.access_tokens[*].id) : null
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = var.stage
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }

  # The log has no IP address, query or header, because they may identify a person.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      requestId = "$context.requestId"
      time      = "$context.requestTime"
      route     = "$context.routeKey"
      status    = "$context.status"
      latency   = "$context.responseLatency"
      error     = "$context.integrationErrorMessage"
    })
  }
}

resource "aws_lambda_permission" "api" {
  for_each = var.functions

  statement_id  = "http-api-calls"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_stage.this.execution_arn}/*"
}
