mock_provider "aws" {}

variables {
  environment             = "test"
  api                     = { kind = "http", id = "api1", name = "support-api-test", stage = "$default" }
  function_names          = { all = "support-all-test", relay = "support-relay-test" }
  relay_function_name     = "support-relay-test"
  dead_letter_queue_names = { relay = "support-relay-dlq-test", ticket-counts = "support-ticket-counts-dlq-test" }
  alarms                  = { topic_arns = ["arn:aws:sns:eu-central-1:123456789012:on-call"] }
}

run "alarms_name_their_section_of_the_runbook" {
  assert {
    condition = { for key, alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name => split("#", alarm.alarm_description)[1] } == {
      support-api-errors-test                 = "api-errors"
      support-latency-test                    = "latency"
      support-stream-age-test                 = "stream-age"
      support-function-errors-all-test        = "function-errors"
      support-function-errors-relay-test      = "function-errors"
      support-throttles-all-test              = "throttles"
      support-throttles-relay-test            = "throttles"
      support-dead-letters-relay-test         = "dead-letters"
      support-dead-letters-ticket-counts-test = "dead-letters"
    }
    error_message = "Each watched metric must have one alarm that links its section of the runbook."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : strcontains(alarm.alarm_description, "docs/operations/runbook.md#")])
    error_message = "Alarm descriptions must link the runbook."
  }
}

run "notifies_topics_of_alarm_and_recovery" {
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.this :
      alarm.alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:on-call"]) && alarm.ok_actions == alarm.alarm_actions && alarm.treat_missing_data == "notBreaching"
    ])
    error_message = "Topics must be notified of alarm and recovery, and missing data must not raise an alarm."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dead-letters-relay"].threshold == 1 && aws_cloudwatch_metric_alarm.this["dead-letters-relay"].dimensions == tomap({ QueueName = "support-relay-dlq-test" })
    error_message = "One dead letter must raise the alarm."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["stream-age"].threshold == 300000 && aws_cloudwatch_metric_alarm.this["stream-age"].metric_name == "IteratorAge"
    error_message = "Events that wait for five minutes must raise the alarm."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["latency"].extended_statistic == "p99" && aws_cloudwatch_metric_alarm.this["latency"].statistic == null
    error_message = "The latency alarm must use the 99th percentile."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["api-errors"].metric_name == "5xx" && aws_cloudwatch_metric_alarm.this["api-errors"].dimensions == tomap({ ApiId = "api1", Stage = "$default" })
    error_message = "The dimension of an HTTP API must be its id."
  }
}

run "uses_the_metric_names_of_a_rest_api" {
  variables {
    api = { kind = "rest", id = "api1", name = "support-api-test", stage = "test" }
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["api-errors"].metric_name == "5XXError" && aws_cloudwatch_metric_alarm.this["api-errors"].dimensions == tomap({ ApiName = "support-api-test", Stage = "test" })
    error_message = "The dimension of a REST API must be its name."
  }
}

run "makes_a_dashboard_without_alarms" {
  variables {
    alarms = { enabled = false }
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 0 && length(output.alarm_names) == 0
    error_message = "Disabled alarms must not be created."
  }
  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 6 && output.dashboard_name == "support-test"
    error_message = "The dashboard must exist without alarms."
  }
}

run "refuses_invalid_names_apis_topics_and_limits" {
  command = plan
  variables {
    environment = "Test"
    api         = { kind = "graphql", id = "api1", name = "support-api-test", stage = "test" }
    alarms      = { topic_arns = ["on-call"] }
    limits      = { api_errors = 0 }
  }
  expect_failures = [var.environment, var.api, var.alarms, var.limits]
}
