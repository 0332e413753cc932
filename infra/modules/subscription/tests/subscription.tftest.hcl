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
  target = aws_sqs_queue.this
  values = {
    arn = "arn:aws:sqs:eu-central-1:123456789012:support-ticket-counts-test"
    url = "https://sqs.eu-central-1.amazonaws.com/123456789012/support-ticket-counts-test"
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
    error_message = "The rule takes Curlew's events of the given types."
  }
  assert {
    condition     = aws_cloudwatch_event_rule.this.event_bus_name == "support-events-test" && aws_cloudwatch_event_target.queue.arn == aws_sqs_queue.this.arn
    error_message = "The rule leads from the bus to the queue."
  }
}

run "loses_nothing" {
  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_policy.this.redrive_policy) == { deadLetterTargetArn = aws_sqs_queue.dead_letters.arn, maxReceiveCount = 5 }
    error_message = "What failed five times goes to the dead-letter queue."
  }
  assert {
    condition     = one(aws_cloudwatch_event_target.queue.dead_letter_config).arn == aws_sqs_queue.dead_letters.arn
    error_message = "What the bus could not hand over goes there too."
  }
  assert {
    condition     = aws_sqs_queue.this.message_retention_seconds == 1209600 && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "Both queues keep for a fortnight."
  }
  assert {
    condition     = aws_sqs_queue.this.visibility_timeout_seconds == 180
    error_message = "A message is hidden for six times as long as the function may take."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.queue.function_response_types == toset(["ReportBatchItemFailures"]) && aws_lambda_event_source_mapping.queue.batch_size == 10
    error_message = "A batch may fail in part."
  }
}

run "lets_only_the_rule_send" {
  assert {
    condition = alltrue([for key, policy in aws_sqs_queue_policy.rule_sends : jsondecode(policy.policy).Statement == [
      {
        Sid       = "OnlyThisRuleSends"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = { queue = aws_sqs_queue.this.arn, dead_letters = aws_sqs_queue.dead_letters.arn }[key]
        Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.this.arn } }
      },
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = { queue = aws_sqs_queue.this.arn, dead_letters = aws_sqs_queue.dead_letters.arn }[key]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]])
    error_message = "The queues take messages from this rule, over TLS, and from nobody else."
  }
  assert {
    condition     = aws_sqs_queue.this.sqs_managed_sse_enabled && aws_sqs_queue.dead_letters.sqs_managed_sse_enabled
    error_message = "The queues are encrypted."
  }
}

run "lets_the_function_take_from_its_queue_only" {
  assert {
    condition = [for statement in jsondecode(output.policy).Statement : statement if statement.Sid == "Queue"] == [{
      Sid = "Queue", Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = [aws_sqs_queue.this.arn]
    }]
    error_message = "The function receives from its own queue."
  }
  assert {
    condition     = aws_sqs_queue.this.name == "support-ticket-counts-test" && aws_sqs_queue.dead_letters.name == "support-ticket-counts-dlq-test" && output.function_name == "support-ticket-counts-test"
    error_message = "Names follow the pattern."
  }
}

run "refuses_wrong_names_no_events_a_large_batch_and_a_single_try" {
  command = plan
  variables {
    name              = "Ticket counts"
    environment       = "test-1"
    events            = []
    batch_size        = 11
    max_receive_count = 1
  }
  expect_failures = [var.name, var.environment, var.events, var.batch_size, var.max_receive_count]
}

run "refuses_a_pattern_instead_of_an_event" {
  command = plan
  variables {
    events = ["ticket.*"]
  }
  expect_failures = [var.events]
}

run "lets_the_function_do_more_than_its_queue" {
  variables {
    statements            = [{ sid = "Accounts", actions = ["cognito-idp:AdminGetUser"], resources = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abc"] }]
    environment_variables = { POOL_ID = "eu-central-1_abc" }
  }
  assert {
    condition     = length(setsubtract(["Queue", "Accounts", "AnalyticsItems", "Logs"], [for statement in jsondecode(output.policy).Statement : statement.Sid])) == 0
    error_message = "What it is given comes on top."
  }
}
