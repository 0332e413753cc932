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
      # List actions accept no resource ARNs.
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

  # Lambda halves a failed batch to isolate the failing record, and retries the record for 12 hours. Then it sends the
  # record's position in the stream to the queue. The stream keeps the record for 12 more hours.
  bisect_batch_on_function_error = true
  maximum_record_age_in_seconds  = 12 * 3600

  # Matches events only: their items have sort keys E#… and are inserted once.
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
