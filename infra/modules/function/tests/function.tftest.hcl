mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/support-tickets-test" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-tickets-test" }
  }
}

variables {
  name = "support-tickets-test"
  definition = {
    name            = "tickets"
    description     = "Tickets"
    memoryMegabytes = 512
    timeoutSeconds  = 15
    tables = {
      tickets   = { items = ["GetItem", "Query"], indexes = ["by-creation", "by-status"] }
      ephemeral = { items = ["PutItem"] }
    }
  }
  artifact = "tests/artifacts/tickets.zip"
  tables = {
    tickets   = { name = "support-tickets-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test" }
    ephemeral = { name = "support-ephemeral-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-ephemeral-test" }
    users     = { name = "support-users-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-users-test" }
  }
  environment_variables = { CURLEW_AUTH = "required" }
}

run "has_exactly_the_permissions_of_its_definition" {
  assert {
    condition = jsondecode(output.policy).Statement == [
      { Sid = "EphemeralItems", Effect = "Allow", Action = ["dynamodb:PutItem"], Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/support-ephemeral-test"] },
      { Sid = "TicketsItems", Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:Query"], Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test"] },
      { Sid = "TicketsIndexes", Effect = "Allow", Action = ["dynamodb:Query"], Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test/index/by-creation", "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test/index/by-status"] },
      { Sid = "Logs", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/support-tickets-test:*"] },
      { Sid = "Traces", Effect = "Allow", Action = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource = ["*"] },
    ]
    error_message = "The policy must allow exactly the tables of the definition, the function's own log and traces."
  }
  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
    error_message = "Only Lambda may assume the role."
  }
}

run "gets_only_its_own_environment_variables" {
  assert {
    condition = one(aws_lambda_function.this.environment).variables == tomap({
      TICKETS_TABLE                = "support-tickets-test"
      EPHEMERAL_TABLE              = "support-ephemeral-test"
      CURLEW_AUTH                  = "required"
      POWERTOOLS_SERVICE_NAME      = "tickets"
      POWERTOOLS_METRICS_NAMESPACE = "Curlew"
    })
    error_message = "The environment must hold the names of its own tables, the given variables, and its name for logs and metrics."
  }
}

run "runs_the_code_of_the_zip" {
  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("tests/artifacts/tickets.zip")
    error_message = "A changed zip must deploy new code."
  }
  assert {
    condition     = aws_lambda_function.this.handler == "index.handler" && aws_lambda_function.this.runtime == "nodejs22.x" && aws_lambda_function.this.architectures == tolist(["arm64"])
    error_message = "Handler, runtime and architecture must be those that the zips are built for."
  }
  assert {
    condition     = aws_lambda_function.this.memory_size == 512 && aws_lambda_function.this.timeout == 15
    error_message = "Memory and timeout are those of the definition."
  }
}

run "reserves_no_concurrency_by_default" {
  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "No concurrency must be reserved by default."
  }
}

run "reserves_the_given_concurrency" {
  variables {
    reserved_concurrency = 2
  }
  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 2
    error_message = "The reserved concurrency must be 2."
  }
}

run "refuses_a_concurrency_below_minus_one" {
  command = plan
  variables {
    reserved_concurrency = -2
  }
  expect_failures = [var.reserved_concurrency]
}

run "expires_its_logs" {
  variables {
    settings = { log_retention_days = 90 }
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/support-tickets-test" && aws_cloudwatch_log_group.this.retention_in_days == 90
    error_message = "The log group must be the function's own and have a retention."
  }
}

run "has_no_tracing_permission_without_tracing" {
  variables {
    settings = { tracing = false }
  }
  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "PassThrough" && !strcontains(output.policy, "xray:")
    error_message = "Without tracing, the function must have no permission for X-Ray."
  }
}

run "joins_only_the_given_network" {
  variables {
    settings = { network = {
      subnet_ids        = ["subnet-1", "subnet-2"]
      security_group_id = "sg-1"
      arns              = ["arn:aws:ec2:eu-central-1:123456789012:network-interface/*", "arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-1"]
    } }
  }
  assert {
    condition     = one(aws_lambda_function.this.vpc_config).subnet_ids == toset(["subnet-1", "subnet-2"]) && one(aws_lambda_function.this.vpc_config).security_group_ids == toset(["sg-1"])
    error_message = "The function is in the given subnets and security group."
  }
  assert {
    condition     = one([for statement in jsondecode(output.policy).Statement : statement if statement.Sid == "NetworkInterfaces"]).Resource == ["arn:aws:ec2:eu-central-1:123456789012:network-interface/*", "arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-1"]
    error_message = "Network interfaces must be allowed in the given network only."
  }
  assert {
    condition     = [for statement in jsondecode(output.policy).Statement : statement.Sid if contains(statement.Resource, "*")] == ["Traces", "NetworkLookup"]
    error_message = "A wildcard is allowed only for actions that accept no resource ARNs."
  }
}

run "adds_the_given_statements" {
  variables {
    statements = [{ sid = "Bus", actions = ["events:PutEvents"], resources = ["arn:aws:events:eu-central-1:123456789012:event-bus/support-events-test"] }]
  }
  assert {
    condition     = contains(jsondecode(output.policy).Statement, { Sid = "Bus", Effect = "Allow", Action = ["events:PutEvents"], Resource = ["arn:aws:events:eu-central-1:123456789012:event-bus/support-events-test"] })
    error_message = "The statement is in the policy as it was given."
  }
}

run "refuses_a_dotted_name_a_scan_wildcards_and_another_language" {
  command = plan
  variables {
    name       = "support.tickets"
    definition = { name = "tickets", description = "", memoryMegabytes = 512, timeoutSeconds = 15, tables = { tickets = { items = ["Scan"] } } }
    statements = [{ sid = "All", actions = ["sqs:*"], resources = ["*"] }]
    settings   = { runtime = "python3.13" }
  }
  expect_failures = [var.name, var.definition, var.statements, var.settings]
}

run "refuses_wildcards_on_a_table_and_an_unknown_log_retention" {
  command = plan
  variables {
    definition = { name = "tickets", description = "", memoryMegabytes = 512, timeoutSeconds = 15, tables = { tickets = { items = ["Get*"] } } }
    settings   = { log_retention_days = 10 }
  }
  expect_failures = [var.definition, var.settings]
}

run "refuses_a_missing_zip_and_missing_tables" {
  command = plan
  variables {
    artifact = "tests/artifacts/nothing.zip"
    tables   = {}
  }
  expect_failures = [var.artifact, var.tables]
}

run "refuses_a_timeout_above_lambdas_maximum" {
  command = plan
  variables {
    definition = { name = "tickets", description = "", memoryMegabytes = 512, timeoutSeconds = 901, tables = {} }
  }
  expect_failures = [var.definition]
}

run "refuses_memory_below_lambdas_minimum" {
  command = plan
  variables {
    definition = { name = "tickets", description = "", memoryMegabytes = 64, timeoutSeconds = 15, tables = {} }
  }
  expect_failures = [var.definition]
}
