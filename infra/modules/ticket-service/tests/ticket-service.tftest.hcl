mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-test" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-test" }
  }
}

override_resource {
  target = module.table.aws_dynamodb_table.this
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test" }
}

variables {
  environment      = "test"
  artifacts_folder = "../function/tests/artifacts"
  other_tables = {
    users     = { name = "support-users-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-users-test" }
    audit     = { name = "support-audit-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-audit-test" }
    ephemeral = { name = "support-ephemeral-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-ephemeral-test" }
  }
}

run "has_its_table_and_function" {
  assert {
    condition     = output.table.name == "support-tickets-test" && output.function.name == "support-tickets-test"
    error_message = "Names follow the pattern."
  }
  assert {
    condition     = output.table.stream_arn != null
    error_message = "Events are born here: there is a stream."
  }
}

run "may_touch_only_the_tables_that_the_code_names" {
  assert {
    condition = merge([
      for statement in jsondecode(output.function.policy).Statement : {
        for resource in statement.Resource : resource => sort([for action in statement.Action : trimprefix(action, "dynamodb:")]) if startswith(resource, "arn:aws:dynamodb:")
      }
      ]...) == merge([
      for key, access in one([for function in jsondecode(file("../../generated/functions.json")) : function if function.name == "tickets"]).tables : merge(
        { "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${key}-test" = sort(access.items) },
        { for index in try(access.indexes, []) : "arn:aws:dynamodb:eu-central-1:123456789012:table/support-${key}-test/index/${index}" => sort(["Query"]) },
      )
    ]...)
    error_message = "The policy is not what functions.json says of tickets."
  }
}

run "has_no_function_in_the_other_layout" {
  variables {
    deploy_function = false
  }
  assert {
    condition     = output.function == null && output.table.name == "support-tickets-test"
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
