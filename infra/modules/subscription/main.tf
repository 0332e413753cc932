locals {
  queue_name             = "support-${var.name}-${var.environment}"
  dead_letter_queue_name = "support-${var.name}-dlq-${var.environment}"
}

module "function" {
  source = "../function"

  name       = "support-${var.definition.name}-${var.environment}"
  definition = var.definition
  artifact   = var.artifact
  tables     = var.tables
  settings   = var.function_settings

  environment_variables = var.environment_variables
  statements = concat([{
    sid       = "Queue"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.this.arn]
  }], var.statements)
}

resource "aws_cloudwatch_event_rule" "this" {
  name           = local.queue_name
  description    = "What the subscription ${var.name} listens to"
  event_bus_name = var.event_bus_name
  event_pattern  = jsonencode({ source = ["curlew"], detail-type = var.events })
}

resource "aws_cloudwatch_event_target" "queue" {
  rule           = aws_cloudwatch_event_rule.this.name
  event_bus_name = var.event_bus_name
  target_id      = "queue"
  arn            = aws_sqs_queue.this.arn

  # What the bus could not hand to the queue within a day.
  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  depends_on = [aws_sqs_queue_policy.rule_sends]
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn        = aws_sqs_queue.this.arn
  function_name           = module.function.arn
  batch_size              = var.batch_size
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.maximum_concurrency
  }
}
