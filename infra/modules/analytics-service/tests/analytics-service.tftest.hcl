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

override_resource {
  target = module.table.aws_dynamodb_table.this
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-analytics-test" }
}

variables {
  environment      = "test"
  artifacts_folder = "../function/tests/artifacts"
  event_bus_name   = "support-events-test"
  other_tables = {
    audit     = { name = "support-audit-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-audit-test" }
    ephemeral = { name = "support-ephemeral-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-ephemeral-test" }
    users     = { name = "support-users-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-users-test" }
  }
}

run "has_its_table_and_function" {
  assert {
    condition     = output.table.name == "support-analytics-test" && output.function.name == "support-analytics-test"
    error_message = "Names follow the pattern."
  }
  assert {
    condition     = output.table.stream_arn == null
    error_message = "Nobody listens to counts: no stream."
  }
}

run "may_touch_only_the_tables_that_the_code_names" {
  assert {
    condition = merge([
      for statement in jsondecode(output.function.policy).Statement : {
        for resource in statement.Resource : resource => sort([for action in statement.Action : trimprefix(action, "dynamodb:")]) if startswith(resource, "arn:aws:dynamodb:")
      }
      ]...) == merge([
      for key, access in one([for function in jsondecode(file("../../generated/functions.json")) : function if function.name == "analytics"]).tables : merge(
        { "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${key}-test" = sort(access.items) },
        { for index in try(access.indexes, []) : "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${key}-test/index/${index}" => sort(["Query"]) },
      )
    ]...)
    error_message = "The policy is not what functions.json says of analytics."
  }
}

run "listens_to_what_the_code_says" {
  assert {
    condition     = keys(output.consumers) == [for subscription in jsondecode(file("../../generated/subscriptions.json")) : subscription.name if subscription.service == "analytics"]
    error_message = "Every subscription of the service has its function."
  }
  assert {
    condition     = output.consumers["ticket-counts"].function_name == "support-ticket-counts-test" && output.consumers["ticket-counts"].dead_letter_queue_name == "support-ticket-counts-dlq-test"
    error_message = "Names follow the pattern."
  }
  assert {
    condition     = !strcontains(output.consumers["ticket-counts"].policy, "dynamodb:Query")
    error_message = "Who counts does not query."
  }
}

run "has_no_function_in_the_other_layout" {
  variables {
    deploy_function = false
  }
  assert {
    condition     = output.function == null && output.table.name == "support-analytics-test"
    error_message = "The table stays, the function goes."
  }
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    environment = "test-1"
  }
  expect_failures = [var.environment]
}
