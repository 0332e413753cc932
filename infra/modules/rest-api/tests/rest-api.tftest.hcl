mock_provider "aws" {
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { id = "api1", root_resource_id = "root" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:api1/dev" }
  }
}

variables {
  name   = "support-api-test"
  stage  = "dev"
  routes = { "/" = "service", "/v1/tickets" = "tickets", "/v1/tickets/{ticketId}/messages" = "tickets", "/v1/analytics/summary" = "service" }
  functions = {
    tickets = { name = "support-tickets-test", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:support-tickets-test/invocations" }
    service = { name = "support-service-test", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:support-service-test/invocations" }
  }
  default_function = "service"
}

run "has_a_resource_for_every_segment_under_its_parent" {
  assert {
    condition     = keys(aws_api_gateway_resource.level_1) == ["/v1"] && aws_api_gateway_resource.level_1["/v1"].parent_id == "root"
    error_message = "First segments must be below the root."
  }
  assert {
    condition     = keys(aws_api_gateway_resource.level_2) == ["/v1/analytics", "/v1/tickets"] && aws_api_gateway_resource.level_2["/v1/tickets"].parent_id == aws_api_gateway_resource.level_1["/v1"].id
    error_message = "Second segments must be below the first."
  }
  assert {
    condition     = aws_api_gateway_resource.level_4["/v1/tickets/{ticketId}/messages"].parent_id == aws_api_gateway_resource.level_3["/v1/tickets/{ticketId}"].id && aws_api_gateway_resource.level_3["/v1/tickets/{ticketId}"].path_part == "{ticketId}"
    error_message = "Deeper segments and parameters must be below their parent."
  }
  assert {
    condition     = aws_api_gateway_resource.rest.path_part == "{proxy+}" && aws_api_gateway_resource.rest.parent_id == "root"
    error_message = "The proxy resource at the root must take all other paths."
  }
}

run "routes_every_resource_to_a_function" {
  assert {
    condition = { for path, integration in aws_api_gateway_integration.function : path => integration.uri == var.functions.tickets.invoke_arn ? "tickets" : "service" } == {
      "/"                               = "service"
      "/{proxy+}"                       = "service"
      "/v1"                             = "service"
      "/v1/tickets"                     = "tickets"
      "/v1/tickets/{ticketId}"          = "service"
      "/v1/tickets/{ticketId}/messages" = "tickets"
      "/v1/analytics"                   = "service"
      "/v1/analytics/summary"           = "service"
    }
    error_message = "Routes must call their function, and all other resources the default function."
  }
  assert {
    condition     = alltrue([for integration in aws_api_gateway_integration.function : integration.type == "AWS_PROXY" && integration.integration_http_method == "POST"])
    error_message = "Functions must get the unchanged request (AWS_PROXY)."
  }
  assert {
    condition     = alltrue([for method in aws_api_gateway_method.any : method.http_method == "ANY" && method.authorization == "NONE" && !method.api_key_required])
    error_message = "Every method must be ANY, and the functions check credentials."
  }
}

run "requires_access_tokens_with_an_authorizer" {
  variables {
    authorizer = { user_pool_arn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_pool", open_paths = ["/"] }
  }
  assert {
    condition = toset([for path, method in aws_api_gateway_method.any : path if method.authorization == "COGNITO_USER_POOLS"]) == toset([
      "/v1/tickets", "/v1/tickets/{ticketId}/messages", "/v1/analytics/summary",
    ])
    error_message = "Every route except the open ones must require a token; the function checks paths without a route."
  }
  assert {
    condition = alltrue([for path, method in aws_api_gateway_method.any : method.authorization == "NONE" ?
      method.authorizer_id == null :
      method.authorizer_id == aws_api_gateway_authorizer.access_tokens[0].id && method.authorization_scopes == toset(["openid", "aws.cognito.signin.user.admin"])
    ])
    error_message = "Methods that require a token must use the authorizer and name scopes, because access tokens are refused without scopes."
  }
  assert {
    condition     = aws_api_gateway_authorizer.access_tokens[0].type == "COGNITO_USER_POOLS" && aws_api_gateway_authorizer.access_tokens[0].provider_arns == toset(["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_pool"])
    error_message = "The authorizer must accept tokens of this pool."
  }
}

run "lets_only_this_api_call_the_functions" {
  assert {
    condition     = alltrue([for key, permission in aws_lambda_permission.api : permission.function_name == var.functions[key].name && permission.source_arn == "arn:aws:execute-api:eu-central-1:123456789012:api1/dev/*"]) && length(aws_lambda_permission.api) == 2
    error_message = "Each function may be called by this API's stage only."
  }
}

run "answers_its_own_errors_with_problem_documents" {
  assert {
    condition     = alltrue([for response in aws_api_gateway_gateway_response.problem : response.response_parameters["gatewayresponse.header.Content-Type"] == "'application/problem+json'"])
    error_message = "API Gateway's own errors must be application/problem+json."
  }
  assert {
    condition = [for type, response in aws_api_gateway_gateway_response.problem : type if contains(keys(response.response_parameters), "gatewayresponse.header.WWW-Authenticate")] == [
      for type, problem in local.problems : type if problem.status == 401
    ]
    error_message = "A 401 must name the accepted scheme in WWW-Authenticate."
  }
  assert {
    condition = jsondecode(aws_api_gateway_gateway_response.problem["THROTTLED"].response_templates["application/json"]) == {
      type      = "/dev/docs/errors/rate_limited"
      title     = "Rate limited"
      status    = 429
      detail    = "Too many requests. Try again in a moment."
      message   = "Too many requests. Try again in a moment."
      code      = "rate_limited"
      requestId = "$context.requestId"
    }
    error_message = "A problem document must have all members, and its type must be the URL of a page under the stage."
  }
  assert {
    condition     = alltrue([for response in aws_api_gateway_gateway_response.problem : tonumber(response.status_code) == jsondecode(response.response_templates["application/json"]).status])
    error_message = "The status in the document must be the status of the response."
  }
  assert {
    condition     = alltrue([for problem in values(local.problems) : fileexists("../../../docs/errors/${problem.code}.md")])
    error_message = "Every error code must have a page."
  }
}

run "throttles_the_stage_and_each_key" {
  variables {
    throttle   = { rate = 10, burst = 20 }
    usage_plan = { daily_quota = 1000, rate = 5, burst = 6 }
  }
  assert {
    condition     = one(aws_api_gateway_method_settings.all.settings).throttling_rate_limit == 10 && one(aws_api_gateway_method_settings.all.settings).throttling_burst_limit == 20
    error_message = "The stage must have the given limits."
  }
  assert {
    condition     = one(aws_api_gateway_usage_plan.this.quota_settings).limit == 1000 && one(aws_api_gateway_usage_plan.this.quota_settings).period == "DAY" && one(aws_api_gateway_usage_plan.this.throttle_settings).rate_limit == 5
    error_message = "The usage plan must have the given quota and rate."
  }
  assert {
    condition     = one(aws_api_gateway_usage_plan.this.api_stages).api_id == "api1" && one(aws_api_gateway_usage_plan.this.api_stages).stage == "dev"
    error_message = "The usage plan must be for this stage."
  }
}

run "makes_a_new_deployment_when_keys_are_required" {
  variables {
    api_key_required = true
  }
  assert {
    condition     = alltrue([for method in aws_api_gateway_method.any : method.api_key_required])
    error_message = "Every method must require a key."
  }
  assert {
    condition     = aws_api_gateway_deployment.this.triggers.answers != run.throttles_the_stage_and_each_key.deployment
    error_message = "A change of the API must make a new deployment."
  }
}

run "makes_a_new_deployment_when_tokens_are_required" {
  variables {
    authorizer = { user_pool_arn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_pool", open_paths = [] }
  }
  assert {
    condition     = aws_api_gateway_deployment.this.triggers.answers != run.throttles_the_stage_and_each_key.deployment
    error_message = "A change of the API must make a new deployment."
  }
}

run "makes_a_new_deployment_when_a_route_changes" {
  variables {
    routes = { "/" = "service", "/v1/tickets" = "service" }
  }
  assert {
    condition     = aws_api_gateway_deployment.this.triggers.answers != run.throttles_the_stage_and_each_key.deployment
    error_message = "A change of the API must make a new deployment."
  }
}

run "refuses_invalid_names_stages_paths_and_limits" {
  command = plan
  variables {
    name       = "support api"
    stage      = "$default"
    routes     = { "/1/2/3/4/5/6/7" = "tickets" }
    throttle   = { rate = 0, burst = 0 }
    usage_plan = { daily_quota = 0, rate = 1, burst = 1 }
  }
  expect_failures = [var.name, var.stage, var.routes, var.throttle, var.usage_plan]
}

run "refuses_routes_to_unknown_functions" {
  command = plan
  variables {
    routes           = { "/v1/search" = "search" }
    default_function = "search"
  }
  expect_failures = [var.routes, var.default_function]
}

run "refuses_an_invalid_user_pool_arn" {
  command = plan
  variables {
    authorizer = { user_pool_arn = "eu-central-1_pool", open_paths = ["/"] }
  }
  expect_failures = [var.authorizer]
}

run "refuses_unknown_open_paths" {
  command = plan
  variables {
    authorizer = { user_pool_arn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_pool", open_paths = ["/v1/search"] }
  }
  expect_failures = [var.authorizer]
}
