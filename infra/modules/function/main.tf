resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.settings.log_retention_days
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  description      = var.definition.description
  role             = aws_iam_role.this.arn
  filename         = var.artifact
  source_code_hash = filebase64sha256(var.artifact)
  handler          = "index.handler"
  runtime          = var.settings.runtime
  architectures    = ["arm64"]
  memory_size      = var.definition.memoryMegabytes
  timeout          = var.definition.timeoutSeconds

  reserved_concurrent_executions = var.reserved_concurrency

  environment {
    variables = merge(
      { for key in keys(var.definition.tables) : "${upper(replace(key, "-", "_"))}_TABLE" => var.tables[key].name },
      var.environment_variables,
      { POWERTOOLS_SERVICE_NAME = var.definition.name, POWERTOOLS_METRICS_NAMESPACE = "Curlew" },
    )
  }

  tracing_config {
    mode = var.settings.tracing ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.settings.network[*]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = [vpc_config.value.security_group_id]
    }
  }

  # The log group must exist first: Lambda would create one without expiry. The policy must exist first: without it, the
  # function cannot join a network.
  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.this]
}
