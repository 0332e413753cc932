mock_provider "aws" {
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:support-relay-dlq-test" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/support-relay-test" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-relay-test" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-relay-test" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  definition  = jsondecode(file("../../generated/services.json")).functions.relay
  environment = "test"
  artifact    = "../function/tests/artifacts/relay.zip"
  stream_arns = {
    tickets = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test/stream/1"
    users   = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-users-test/stream/1"
  }
  event_bus = { name = "support-events-test", arn = "arn:aws:events:eu-central-1:123456789012:event-bus/support-events-test" }
}

run "may_read_its_streams_and_put_events" {
  assert {
    condition = [for statement in jsondecode(output.policy).Statement : statement if !contains(["Logs", "Traces"], statement.Sid)] == [
      { Sid = "Bus", Effect = "Allow", Action = ["events:PutEvents"], Resource = [var.event_bus.arn] },
      { Sid = "Streams", Effect = "Allow", Action = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"], Resource = [var.stream_arns.tickets, var.stream_arns.users] },
      { Sid = "StreamNames", Effect = "Allow", Action = ["dynamodb:ListStreams"], Resource = ["*"] },
      { Sid = "DeadLetters", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = ["arn:aws:sqs:eu-central-1:123456789012:support-relay-dlq-test"] },
    ]
    error_message = "The relay may only read these streams, put events on this bus, and send to its dead-letter queue."
  }
}

run "filters_streams_to_events" {
  assert {
    condition = alltrue([for mapping in aws_lambda_event_source_mapping.stream :
      jsondecode(one(one(mapping.filter_criteria).filter).pattern) == { eventName = ["INSERT"], dynamodb = { Keys = { sk = { S = [{ prefix = "E#" }] } } } }
    ]) && length(aws_lambda_event_source_mapping.stream) == 2
    error_message = "Each stream must be filtered to inserted event items."
  }
}

run "loses_nothing" {
  assert {
    condition = alltrue([for mapping in aws_lambda_event_source_mapping.stream :
      mapping.starting_position == "TRIM_HORIZON" && mapping.function_response_types == toset(["ReportBatchItemFailures"]) && mapping.bisect_batch_on_function_error
    ])
    error_message = "Mappings must start at the stream's start, report failed items, and split a failed batch."
  }
  assert {
    condition     = alltrue([for mapping in aws_lambda_event_source_mapping.stream : mapping.maximum_record_age_in_seconds == 43200])
    error_message = "Records must be retried for 12 hours: the stream keeps them for 24."
  }
  assert {
    condition     = alltrue([for mapping in aws_lambda_event_source_mapping.stream : one(one(mapping.destination_config).on_failure).destination_arn == aws_sqs_queue.dead_letters.arn])
    error_message = "A record that is given up must be reported to the dead-letter queue."
  }
  assert {
    condition     = aws_sqs_queue.dead_letters.name == "support-relay-dlq-test" && aws_sqs_queue.dead_letters.sqs_managed_sse_enabled && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "The dead-letter queue must have its name, be encrypted, and keep messages for 14 days."
  }
  assert {
    condition = jsondecode(aws_sqs_queue.dead_letters.policy).Statement == [{
      Sid = "OnlyTls", Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "arn:aws:sqs:eu-central-1:123456789012:support-relay-dlq-test", Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "The dead-letter queue must accept TLS only."
  }
}

run "refuses_a_wrong_name_no_streams_and_a_large_batch" {
  command = plan
  variables {
    environment = "Test"
    stream_arns = {}
    batch_size  = 2000
  }
  expect_failures = [var.environment, var.stream_arns, var.batch_size]
}
