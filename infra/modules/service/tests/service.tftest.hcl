mock_provider "aws" {
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:rule/support-events-test/support-rule-test" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-test" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-test" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:support-queue-test" }
  }
}

variables {
  environment      = "test"
  service          = jsondecode(file("../../generated/services.json")).services.analytics
  functions        = jsondecode(file("../../generated/services.json")).functions
  artifacts_folder = "../function/tests/artifacts"
  event_bus_name   = "support-events-test"
  tables = { for name in keys(jsondecode(file("../../generated/services.json")).tables) : name => {
    name = "support-${name}-test"
    arn  = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${name}-test"
  } }
  configuration = { for name in keys(jsondecode(file("../../generated/services.json")).functions) : name => {} }
}

run "has_a_function_and_its_subscriptions" {
  assert {
    condition     = output.function.name == "support-analytics-test"
    error_message = "The HTTP function must have the service's name."
  }
  assert {
    condition     = toset(keys(output.subscriptions)) == toset(keys(var.service.subscriptions))
    error_message = "Every subscription of the service must have its function."
  }
  assert {
    condition     = output.subscriptions["ticket-counts"].function_name == "support-ticket-counts-test" && output.subscriptions["ticket-counts"].dead_letter_queue_name == "support-ticket-counts-dlq-test"
    error_message = "Names must follow the pattern support-<name>-<environment>."
  }
}

run "lets_the_http_function_use_its_tables" {
  assert {
    condition     = toset([for statement in jsondecode(output.function.policy).Statement : statement.Sid]) == toset(["AnalyticsItems", "UsersItems", "AuditItems", "EphemeralItems", "Logs", "Traces"])
    error_message = "The policy must have a statement for each table of the definition, and those that every function has."
  }
}

run "lets_every_function_use_exactly_the_tables_of_its_definition" {
  variables {
    # One test service with all functions. The function `all` is left out, because its zip has another name.
    service = { subscriptions = {
      for name in keys(jsondecode(file("../../generated/services.json")).functions) : name => { events = ["ticket.created"], function = name } if name != "all"
    } }
  }
  assert {
    condition = alltrue([for name, subscription in output.subscriptions :
      merge([for statement in jsondecode(subscription.policy).Statement : {
        for resource in statement.Resource : resource => sort([for action in statement.Action : trimprefix(action, "dynamodb:")]) if startswith(resource, "arn:aws:dynamodb:")
        }]...) == merge({}, [for key, access in var.functions[name].tables : merge(
        { "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${key}-test" = sort(access.items) },
        { for index in access.indexes : "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${key}-test/index/${index}" => sort(["Query"]) },
      )]...)
    ])
    error_message = "The policy of a function differs from its definition in services.json."
  }
  assert {
    condition     = length(output.subscriptions) == length(var.functions) - 1
    error_message = "Every function must be checked."
  }
}

run "has_no_http_function_in_the_layout_one_function" {
  variables {
    deploy_function = false
  }
  assert {
    condition     = output.function == null && keys(output.subscriptions) == ["ticket-counts"]
    error_message = "There must be no HTTP function, and all subscriptions."
  }
}

run "has_no_http_function_without_routes" {
  variables {
    service = { subscriptions = { triage = { events = ["ticket.created"], function = "triage" } } }
  }
  assert {
    condition     = output.function == null && keys(output.subscriptions) == ["triage"]
    error_message = "A service without routes must have its subscriptions only."
  }
}

run "gives_each_function_its_own_configuration" {
  variables {
    configuration = {
      analytics     = { statements = [{ sid = "Secret", actions = ["secretsmanager:GetSecretValue"], resources = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:test"] }] }
      ticket-counts = {}
    }
    reserved_concurrency = { ticket-counts = 2 }
  }
  assert {
    condition     = strcontains(output.function.policy, "secretsmanager:GetSecretValue") && !strcontains(output.subscriptions["ticket-counts"].policy, "secretsmanager")
    error_message = "A permission must belong only to the function that it is configured for."
  }
  assert {
    condition     = output.subscriptions["ticket-counts"].reserved_concurrency == 2
    error_message = "The subscription must have its limit."
  }
}

run "refuses_an_invalid_environment" {
  command = plan
  variables {
    environment = "test-1"
  }
  expect_failures = [var.environment]
}

run "refuses_a_function_without_a_definition" {
  command = plan
  variables {
    service = { function = "unknown" }
  }
  expect_failures = [var.service]
}
