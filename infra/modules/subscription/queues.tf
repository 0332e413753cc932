locals {
  fortnight_seconds = 14 * 24 * 3600
}

resource "aws_sqs_queue" "this" {
  name                      = local.queue_name
  message_retention_seconds = local.fortnight_seconds
  receive_wait_time_seconds = 20
  sqs_managed_sse_enabled   = true

  # As AWS advises: a batch that is being retried inside Lambda must not show up in the queue meanwhile.
  visibility_timeout_seconds = 6 * var.definition.timeoutSeconds

  # Set beside it, below.
  lifecycle {
    ignore_changes = [redrive_policy]
  }
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = local.dead_letter_queue_name
  message_retention_seconds = local.fortnight_seconds
  sqs_managed_sse_enabled   = true
}

# Beside the queue and not in it: there the provider compares it as text, and white space that came back is a change.
resource "aws_sqs_queue_redrive_policy" "this" {
  queue_url = aws_sqs_queue.this.url
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.max_receive_count
  })
}

resource "aws_sqs_queue_policy" "rule_sends" {
  for_each = { queue = aws_sqs_queue.this, dead_letters = aws_sqs_queue.dead_letters }

  queue_url = each.value.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyThisRuleSends"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = each.value.arn
        Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.this.arn } }
      },
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = each.value.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  # One after the other: of two changes of one queue at a time, the later may undo the former.
  depends_on = [aws_sqs_queue_redrive_policy.this]
}
