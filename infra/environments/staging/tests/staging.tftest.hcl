mock_provider "aws" {}

variables {
  region           = "eu-central-1"
  artifacts_folder = "../../modules/function/tests/artifacts"
}

run "has_its_own_names_and_defaults" {
  command = plan

  assert {
    condition     = output.table_names.tickets == "support-tickets-staging" && output.event_bus_name == "support-events-staging" && output.function_names.relay == "support-relay-staging"
    error_message = "Names end in staging."
  }
  assert {
    condition     = output.layout == "one-function" && output.api_kind == "http" && output.stage == "$default" && var.auth == "required"
    error_message = "The defaults are one-function, the HTTP API under $default, and sign-in."
  }
  assert {
    condition     = local.table_settings.point_in_time_recovery && local.alarms.enabled
    error_message = "Tables must be restorable, and alarms created."
  }
}

run "refuses_open_mode" {
  command = plan
  variables {
    auth = "open"
  }
  expect_failures = [var.auth]
}

run "refuses_an_invalid_region" {
  command = plan
  variables {
    region = "Frankfurt"
  }
  expect_failures = [var.region]
}
