locals {
  rule_name              = "support-${var.name}-${var.environment}"
  dead_letter_queue_name = "support-${var.name}-dlq-${var.environment}"
}

module "function" {
  source = "../function"

  name       = "support-${var.definition.name}-${var.environment}"
  definition = var.definition
  artifact   = var.artifact
  tables     = var.tables
  settings   = var.function_settings

  reserved_concurrency  = var.reserved_concurrency
  environment_variables = var.environment_variables
  statements = concat([{
    # Lambda sends events that failed every attempt to the queue with the function's role.
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letters.arn]
  }], var.statements)
}

resource "aws_cloudwatch_event_rule" "this" {
  name           = local.rule_name
  description    = "What the subscription ${var.name} listens to"
  event_bus_name = var.event_bus_name
  event_pattern  = jsonencode({ source = ["curlew"], detail-type = var.events })
}

resource "aws_lambda_permission" "rule_calls" {
  statement_id  = "rule"
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.this.arn
}

resource "aws_cloudwatch_event_target" "function" {
  rule           = aws_cloudwatch_event_rule.this.name
  event_bus_name = var.event_bus_name
  target_id      = "function"
  arn            = module.function.arn

  # Receives events that the bus could not deliver to Lambda within a day.
  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  # Without these, an event could arrive that the rule may not deliver, or that is lost on failure.
  depends_on = [aws_lambda_permission.rule_calls, aws_lambda_function_event_invoke_config.this, aws_sqs_queue_policy.dead_letters]
}

# The maximum of Lambda's retries. If the function fails, Lambda retries after one and after two minutes. If Lambda
# cannot run the function (throttling, service errors), it retries for six hours.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = module.function.name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 6 * 3600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letters.arn
    }
  }
}
