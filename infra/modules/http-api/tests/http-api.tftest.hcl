mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/apigateway/support-api-test" }
  }
  mock_resource "aws_apigatewayv2_stage" {
    defaults = {
      execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:api1/$default"
      invoke_url    = "https://api1.execute-api.eu-central-1.amazonaws.com/"
    }
  }
}

variables {
  name   = "support-api-test"
  routes = { "/v1/tickets" = "tickets", "/v1/tickets/{ticketId}" = "tickets", "/healthz" = "service" }
  functions = {
    tickets = { name = "support-tickets-test", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:support-tickets-test/invocations" }
    service = { name = "support-service-test", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:support-service-test/invocations" }
  }
  default_function = "service"
}

run "routes_every_path_to_its_function" {
  assert {
    condition = { for key, route in aws_apigatewayv2_route.path : key => trimprefix(route.target, "integrations/") } == {
      "ANY /v1/tickets"            = aws_apigatewayv2_integration.function["tickets"].id
      "ANY /v1/tickets/{ticketId}" = aws_apigatewayv2_integration.function["tickets"].id
      "ANY /healthz"               = aws_apigatewayv2_integration.function["service"].id
      "$default"                   = aws_apigatewayv2_integration.function["service"].id
    }
    error_message = "Each path must have a route for any method, and other paths must call the default function."
  }
  assert {
    condition     = alltrue([for integration in aws_apigatewayv2_integration.function : integration.integration_type == "AWS_PROXY" && integration.payload_format_version == "2.0"])
    error_message = "Functions get payload format 2.0."
  }
}

run "requires_no_tokens_by_default" {
  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.path : route.authorization_type == "NONE" && route.authorizer_id == null]) && length(aws_apigatewayv2_authorizer.access_tokens) == 0
    error_message = "By default the API must pass every request to the functions."
  }
}

run "requires_access_tokens_with_an_authorizer" {
  variables {
    authorizer = { issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool", client_id = "client1", open_paths = ["/healthz"] }
  }
  assert {
    condition = { for key, route in aws_apigatewayv2_route.path : key => route.authorization_type } == {
      "ANY /v1/tickets"            = "JWT"
      "ANY /v1/tickets/{ticketId}" = "JWT"
      "ANY /healthz"               = "NONE"
      "$default"                   = "NONE"
    }
    error_message = "Every route except the open ones must require a token; the function checks paths without a route."
  }
  assert {
    condition     = aws_apigatewayv2_route.path["ANY /v1/tickets"].authorizer_id == aws_apigatewayv2_authorizer.access_tokens[0].id && aws_apigatewayv2_route.path["ANY /healthz"].authorizer_id == null
    error_message = "The routes that require a token must use the authorizer."
  }
  assert {
    condition = (
      aws_apigatewayv2_authorizer.access_tokens[0].authorizer_type == "JWT" &&
      aws_apigatewayv2_authorizer.access_tokens[0].identity_sources == toset(["$request.header.Authorization"]) &&
      one(aws_apigatewayv2_authorizer.access_tokens[0].jwt_configuration).issuer == "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool" &&
      one(aws_apigatewayv2_authorizer.access_tokens[0].jwt_configuration).audience == toset(["client1"])
    )
    error_message = "The authorizer must accept tokens of this issuer for this client, in the Authorization header."
  }
}

run "lets_only_this_api_call_the_functions" {
  assert {
    condition = alltrue([for key, permission in aws_lambda_permission.api :
      permission.function_name == var.functions[key].name && permission.principal == "apigateway.amazonaws.com" && permission.action == "lambda:InvokeFunction" &&
      permission.source_arn == "arn:aws:execute-api:eu-central-1:123456789012:api1/$default/*"
    ]) && length(aws_lambda_permission.api) == 2
    error_message = "Each function may be called by this API's stage only."
  }
}

run "serves_the_default_stage" {
  assert {
    condition     = aws_apigatewayv2_stage.this.name == "$default" && aws_apigatewayv2_stage.this.auto_deploy
    error_message = "The stage is $default and follows the routes."
  }
  assert {
    condition     = output.invoke_url == "https://api1.execute-api.eu-central-1.amazonaws.com"
    error_message = "The URL ends without a slash."
  }
}

run "serves_a_named_stage" {
  variables {
    stage = "dev"
  }
  assert {
    condition     = aws_apigatewayv2_stage.this.name == "dev" && output.stage == "dev"
    error_message = "The stage has the given name."
  }
}

run "throttles_and_logs" {
  variables {
    throttle           = { rate = 10, burst = 20 }
    log_retention_days = 90
  }
  assert {
    condition     = one(aws_apigatewayv2_stage.this.default_route_settings).throttling_rate_limit == 10 && one(aws_apigatewayv2_stage.this.default_route_settings).throttling_burst_limit == 20
    error_message = "The stage must have the given limits."
  }
  assert {
    condition     = aws_cloudwatch_log_group.access.retention_in_days == 90
    error_message = "The access log must have the given retention."
  }
  assert {
    condition     = length(setintersection(keys(jsondecode(one(aws_apigatewayv2_stage.this.access_log_settings).format)), ["sourceIp", "query", "headers"])) == 0
    error_message = "The access log must not identify a person."
  }
}

run "refuses_invalid_names_stages_paths_and_limits" {
  command = plan
  variables {
    name               = "support api"
    stage              = "dev/v1"
    routes             = { "v1/tickets" = "tickets" }
    throttle           = { rate = 0, burst = 0 }
    log_retention_days = 10
  }
  expect_failures = [var.name, var.stage, var.routes, var.throttle, var.log_retention_days]
}

run "refuses_routes_to_unknown_functions" {
  command = plan
  variables {
    routes           = { "/v1/search" = "search" }
    default_function = "search"
  }
  expect_failures = [var.routes, var.default_function]
}

run "refuses_an_issuer_without_https" {
  command = plan
  variables {
    authorizer = { issuer = "http://example.com", client_id = "client1", open_paths = ["/healthz"] }
  }
  expect_failures = [var.authorizer]
}

run "refuses_unknown_open_paths" {
  command = plan
  variables {
    authorizer = { issuer = "https://example.com", client_id = "client1", open_paths = ["/v1/search"] }
  }
  expect_failures = [var.authorizer]
}
