mock_provider "aws" {
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:rule/support-events-test/support-ticket-counts-test" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/support-ticket-counts-test" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-ticket-counts-test" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-ticket-counts-test" }
  }
}

override_resource {
  target = aws_sqs_queue.dead_letters
  values = {
    arn = "arn:aws:sqs:eu-central-1:123456789012:support-ticket-counts-dlq-test"
    url = "https://sqs.eu-central-1.amazonaws.com/123456789012/support-ticket-counts-dlq-test"
  }
}

variables {
  name           = "ticket-counts"
  environment    = "test"
  events         = ["ticket.created", "ticket.deleted"]
  event_bus_name = "support-events-test"
  definition = {
    name            = "ticket-counts"
    description     = "Counts"
    memoryMegabytes = 256
    timeoutSeconds  = 30
    tables          = { analytics = { items = ["UpdateItem"] } }
  }
  artifact = "../function/tests/artifacts/ticket-counts.zip"
  tables   = { analytics = { name = "support-analytics-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-analytics-test" } }
}

run "listens_to_its_events_only" {
  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this.event_pattern) == { source = ["curlew"], detail-type = ["ticket.created", "ticket.deleted"] }
    error_message = "The rule must match Curlew's events of the given types."
  }
  assert {
    condition     = aws_cloudwatch_event_rule.this.event_bus_name == "support-events-test" && aws_cloudwatch_event_target.function.arn == "arn:aws:lambda:eu-central-1:123456789012:function:support-ticket-counts-test"
    error_message = "The rule must be on the bus and target the function."
  }
  assert {
    condition     = aws_lambda_permission.rule_calls.principal == "events.amazonaws.com" && aws_lambda_permission.rule_calls.source_arn == aws_cloudwatch_event_rule.this.arn && aws_lambda_permission.rule_calls.function_name == "support-ticket-counts-test"
    error_message = "Only this rule may call the function."
  }
}

run "loses_nothing" {
  assert {
    condition     = aws_lambda_function_event_invoke_config.this.maximum_retry_attempts == 2 && aws_lambda_function_event_invoke_config.this.maximum_event_age_in_seconds == 21600
    error_message = "Retries must be at Lambda's maximum."
  }
  assert {
    condition     = one(one(aws_lambda_function_event_invoke_config.this.destination_config).on_failure).destination == aws_sqs_queue.dead_letters.arn
    error_message = "Events that failed every attempt must go to the dead-letter queue."
  }
  assert {
    condition     = one(aws_cloudwatch_event_target.function.dead_letter_config).arn == aws_sqs_queue.dead_letters.arn
    error_message = "Events that the bus could not deliver must go to the dead-letter queue."
  }
  assert {
    condition     = aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "The queue must keep messages for 14 days."
  }
}

run "allows_only_the_rule_to_send" {
  assert {
    condition = jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement == [
      {
        Sid       = "OnlyThisRuleSends"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.dead_letters.arn
        Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.this.arn } }
      },
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.dead_letters.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
    error_message = "The queue's policy must accept messages from this rule only, over TLS."
  }
  assert {
    condition     = aws_sqs_queue.dead_letters.sqs_managed_sse_enabled
    error_message = "The queue must be encrypted."
  }
}

run "allows_the_function_to_send_dead_letters_and_poll_no_queue" {
  assert {
    condition = [for statement in jsondecode(output.policy).Statement : statement if anytrue([for action in statement.Action : startswith(action, "sqs:")])] == [{
      Sid = "DeadLetters", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = [aws_sqs_queue.dead_letters.arn]
    }]
    error_message = "The function's role may send to the dead-letter queue, and do nothing else with queues."
  }
  assert {
    condition     = aws_sqs_queue.dead_letters.name == "support-ticket-counts-dlq-test" && aws_cloudwatch_event_rule.this.name == "support-ticket-counts-test" && output.function_name == "support-ticket-counts-test"
    error_message = "Names must follow the pattern support-<name>-<environment>."
  }
}

run "limits_events_handled_at_once" {
  variables {
    reserved_concurrency = 2
  }
  assert {
    condition     = output.reserved_concurrency == 2
    error_message = "The function must have the limit."
  }
}

run "refuses_a_limit_of_zero" {
  command = plan
  variables {
    reserved_concurrency = 0
  }
  expect_failures = [var.reserved_concurrency]
}

run "refuses_wrong_names_and_no_events" {
  command = plan
  variables {
    name        = "Ticket counts"
    environment = "test-1"
    events      = []
  }
  expect_failures = [var.name, var.environment, var.events]
}

run "refuses_a_pattern_instead_of_an_event" {
  command = plan
  variables {
    events = ["ticket.*"]
  }
  expect_failures = [var.events]
}

run "adds_permissions_to_those_for_tables" {
  variables {
    statements            = [{ sid = "Accounts", actions = ["cognito-idp:AdminGetUser"], resources = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abc"] }]
    environment_variables = { POOL_ID = "eu-central-1_abc" }
  }
  assert {
    condition     = length(setsubtract(["DeadLetters", "Accounts", "AnalyticsItems", "Logs"], [for statement in jsondecode(output.policy).Statement : statement.Sid])) == 0
    error_message = "The given statements must be added to the policy."
  }
}
