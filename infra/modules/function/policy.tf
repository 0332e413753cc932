locals {
  table_statements = flatten([for key, access in var.definition.tables : concat(
    [{
      sid       = "${replace(title(key), "-", "")}Items"
      actions   = [for action in access.items : "dynamodb:${action}"]
      resources = [var.tables[key].arn]
    }],
    length(access.indexes) > 0 ? [{
      sid       = "${replace(title(key), "-", "")}Indexes"
      actions   = ["dynamodb:Query"]
      resources = [for index in access.indexes : "${var.tables[key].arn}/index/${index}"]
    }] : [],
  )])

  log_statement = {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  # X-Ray actions accept no resource ARNs.
  trace_statements = var.settings.tracing ? [{
    sid       = "Traces"
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }] : []

  # Lambda creates the network interfaces with the function's role. Describe actions accept no resource ARNs.
  network_statements = flatten([for network in var.settings.network[*] : [
    {
      sid       = "NetworkInterfaces"
      actions   = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"]
      resources = network.arns
    },
    {
      sid       = "NetworkLookup"
      actions   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      resources = ["*"]
    },
  ]])

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in concat(local.table_statements, var.statements, [local.log_statement], local.trace_statements, local.network_statements) : {
        Sid      = statement.sid
        Effect   = "Allow"
        Action   = statement.actions
        Resource = statement.resources
      }
    ]
  })
}

resource "aws_iam_role" "this" {
  name        = var.name
  description = "What the function ${var.name} may do"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "exactly-what-it-calls"
  role   = aws_iam_role.this.id
  policy = local.policy
}
