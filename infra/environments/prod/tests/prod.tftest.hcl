mock_provider "aws" {}

variables {
  region           = "eu-central-1"
  artifacts_folder = "../../modules/function/tests/artifacts"
}

run "has_its_own_names_and_defaults" {
  command = plan

  assert {
    condition     = output.table_names.tickets == "support-tickets-prod" && output.event_bus_name == "support-events-prod" && output.function_names.relay == "support-relay-prod"
    error_message = "Names end in prod."
  }
  assert {
    condition     = output.layout == "per-service" && output.api_kind == "http" && output.stage == "$default" && var.auth == "required"
    error_message = "The defaults are per-service, the HTTP API under $default, and sign-in."
  }
  assert {
    condition     = local.table_settings.point_in_time_recovery && local.table_settings.deletion_protection && var.log_retention_days == 90 && local.alarms.enabled
    error_message = "Tables must be restorable and protected, logs kept for 90 days, and alarms created."
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
