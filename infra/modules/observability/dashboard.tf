data "aws_region" "current" {}

locals {
  # Each metric of a widget is a list: namespace, name, then pairs of dimension name and value.
  api_dimensions = flatten([for name, value in local.api.dimensions : [name, value]])
  functions      = sort(values(var.function_names))

  widgets = [
    { title = "Requests and server errors", stat = "Sum", metrics = [
      concat(["AWS/ApiGateway", "Count"], local.api_dimensions),
      concat(["AWS/ApiGateway", local.api.errors], local.api_dimensions),
    ] },
    { title = "Latency (p99, milliseconds)", stat = "p99", metrics = [concat(["AWS/ApiGateway", "Latency"], local.api_dimensions)] },
    { title = "Function errors", stat = "Sum", metrics = [for name in local.functions : ["AWS/Lambda", "Errors", "FunctionName", name]] },
    { title = "Function throttles", stat = "Sum", metrics = [for name in local.functions : ["AWS/Lambda", "Throttles", "FunctionName", name]] },
    { title = "Age of unread stream records (milliseconds)", stat = "Maximum", metrics = [["AWS/Lambda", "IteratorAge", "FunctionName", var.relay_function_name]] },
    { title = "Dead letters", stat = "Maximum", metrics = [
      for name in sort(values(var.dead_letter_queue_names)) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name]
    ] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "support-${var.environment}"

  dashboard_body = jsonencode({
    widgets = [for position, widget in local.widgets : {
      type   = "metric"
      x      = 12 * (position % 2)
      y      = 6 * floor(position / 2)
      width  = 12
      height = 6
      properties = {
        title   = widget.title
        view    = "timeSeries"
        region  = data.aws_region.current.name
        period  = 300
        stat    = widget.stat
        metrics = widget.metrics
      }
    }]
  })
}
