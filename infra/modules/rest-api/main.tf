resource "aws_api_gateway_rest_api" "this" {
  name        = var.name
  description = "Curlew, the support desk"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_method" "any" {
  for_each = local.answers

  rest_api_id          = aws_api_gateway_rest_api.this.id
  resource_id          = local.resource_ids[each.key]
  http_method          = "ANY"
  authorization        = contains(local.guarded, each.key) ? "COGNITO_USER_POOLS" : "NONE"
  authorizer_id        = contains(local.guarded, each.key) ? one(aws_api_gateway_authorizer.access_tokens[*].id) : null
  authorization_scopes = contains(local.guarded, each.key) ? local.scopes : null
  api_key_required     = var.api_key_required
}

resource "aws_api_gateway_integration" "function" {
  for_each = local.answers

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = local.resource_ids[each.key]
  http_method             = aws_api_gateway_method.any[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = var.functions[each.value].invoke_arn
}

# A deployment is a snapshot of the API: every change of its behaviour needs a new deployment.
resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    answers = sha256(jsonencode([
      { for path, function in local.answers : path => var.functions[function].invoke_arn },
      var.api_key_required,
      var.authorizer,
      local.scopes,
      local.gateway_responses,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_method.any, aws_api_gateway_integration.function, aws_api_gateway_gateway_response.problem]
}

# No access log, because a REST API's log needs a role that the whole account and region share.
resource "aws_api_gateway_stage" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  deployment_id        = aws_api_gateway_deployment.this.id
  stage_name           = var.stage
  xray_tracing_enabled = var.tracing
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }
}

resource "aws_api_gateway_usage_plan" "this" {
  name        = var.name
  description = "Limits for each API key"

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name
  }

  quota_settings {
    limit  = var.usage_plan.daily_quota
    period = "DAY"
  }

  throttle_settings {
    rate_limit  = var.usage_plan.rate
    burst_limit = var.usage_plan.burst
  }
}

resource "aws_lambda_permission" "api" {
  for_each = var.functions

  statement_id  = "rest-api-calls"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_stage.this.execution_arn}/*"
}
