locals {
  name                   = "support-relay-${var.environment}"
  dead_letter_queue_name = "support-relay-dlq-${var.environment}"
}

module "function" {
  source = "../function"

  name                  = local.name
  definition            = var.definition
  artifact              = var.artifact
  environment_variables = { EVENT_BUS = var.event_bus.name }
  settings              = var.function_settings

  statements = [
    {
      sid       = "Bus"
      actions   = ["events:PutEvents"]
      resources = [var.event_bus.arn]
    },
    {
      sid       = "Streams"
      actions   = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"]
      resources = values(var.stream_arns)
    },
    {
      # Listing takes no resources.
      sid       = "StreamNames"
      actions   = ["dynamodb:ListStreams"]
      resources = ["*"]
    },
    {
      sid       = "DeadLetters"
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.dead_letters.arn]
    },
  ]
}

resource "aws_lambda_event_source_mapping" "stream" {
  for_each = var.stream_arns

  event_source_arn        = each.value
  function_name           = module.function.arn
  starting_position       = "TRIM_HORIZON"
  batch_size              = var.batch_size
  function_response_types = ["ReportBatchItemFailures"]

  # A record that fails is found by halving its batch and tried again for half a day. Then its place in the stream goes
  # to the queue, and half a day is left to read it there: a stream keeps its records for one day.
  bisect_batch_on_function_error = true
  maximum_record_age_in_seconds  = 12 * 3600

  # Only events: their items are inserted once and have sort keys E#….
  filter_criteria {
    filter {
      pattern = jsonencode({ eventName = ["INSERT"], dynamodb = { Keys = { sk = { S = [{ prefix = "E#" }] } } } })
    }
  }

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.dead_letters.arn
    }
  }
}

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

resource "aws_sqs_queue" "dead_letters" {
  name                      = local.dead_letter_queue_name
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:${local.dead_letter_queue_name}"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
