mock_provider "aws" {}

run "has_the_name" {
  variables {
    name = "support-events-test"
  }
  assert {
    condition     = aws_cloudwatch_event_bus.this.name == "support-events-test" && output.name == "support-events-test"
    error_message = "The bus has the given name."
  }
}

run "refuses_the_reserved_name_default" {
  command = plan
  variables {
    name = "default"
  }
  expect_failures = [var.name]
}

run "refuses_a_name_with_a_slash" {
  command = plan
  variables {
    name = "support/events"
  }
  expect_failures = [var.name]
}
