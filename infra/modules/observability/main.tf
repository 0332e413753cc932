locals {
  runbook = "docs/operations/runbook.md"

  # HTTP APIs and REST APIs use different names for the same metrics.
  api = {
    http = { errors = "5xx", dimensions = { ApiId = var.api.id, Stage = var.api.stage } }
    rest = { errors = "5XXError", dimensions = { ApiName = var.api.name, Stage = var.api.stage } }
  }[var.api.kind]

  alarms = merge(
    {
      api-errors = {
        section    = "api-errors", text = "The API answers with 5xx.", namespace = "AWS/ApiGateway", metric = local.api.errors
        dimensions = local.api.dimensions, statistic = "Sum", limit = var.limits.api_errors, periods = 1
      }
      latency = {
        section    = "latency", text = "The 99th percentile of the latency is too high.", namespace = "AWS/ApiGateway", metric = "Latency"
        dimensions = local.api.dimensions, statistic = "p99", limit = var.limits.latency_milliseconds, periods = 3
      }
      stream-age = {
        section    = "stream-age", text = "Events wait in the streams.", namespace = "AWS/Lambda", metric = "IteratorAge"
        dimensions = { FunctionName = var.relay_function_name }, statistic = "Maximum", limit = var.limits.stream_age_seconds * 1000, periods = 1
      }
    },
    { for key, name in var.function_names : "function-errors-${key}" => {
      section    = "function-errors", text = "The function ${name} fails.", namespace = "AWS/Lambda", metric = "Errors"
      dimensions = { FunctionName = name }, statistic = "Sum", limit = var.limits.function_errors, periods = 1
    } },
    { for key, name in var.function_names : "throttles-${key}" => {
      section    = "throttles", text = "Lambda throttles the function ${name}.", namespace = "AWS/Lambda", metric = "Throttles"
      dimensions = { FunctionName = name }, statistic = "Sum", limit = 1, periods = 1
    } },
    { for key, name in var.dead_letter_queue_names : "dead-letters-${key}" => {
      section    = "dead-letters", text = "Events that failed every attempt are in the queue ${name}.", namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible"
      dimensions = { QueueName = name }, statistic = "Maximum", limit = 1, periods = 1
    } },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms.enabled ? local.alarms : {}

  alarm_name          = "support-${each.key}-${var.environment}"
  alarm_description   = "${each.value.text} What to do: ${local.runbook}#${each.value.section}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic == "p99" ? null : each.value.statistic
  extended_statistic  = each.value.statistic == "p99" ? "p99" : null
  period              = 300
  evaluation_periods  = each.value.periods
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.limit
  # Without requests there are no data points, and that is no failure.
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarms.topic_arns
  ok_actions         = var.alarms.topic_arns
}
