mock_provider "aws" {}

variables {
  region           = "eu-central-1"
  artifacts_folder = "../../modules/function/tests/artifacts"
}

run "has_its_own_names_and_defaults" {
  command = plan

  assert {
    condition     = output.table_names.tickets == "support-tickets-dev" && output.event_bus_name == "support-events-dev" && output.function_names.relay == "support-relay-dev"
    error_message = "Names end in dev."
  }
  assert {
    condition     = output.layout == "one-function" && output.api_kind == "http" && output.stage == "$default" && var.auth == "required"
    error_message = "The defaults are one-function, the HTTP API under $default, and sign-in."
  }
}

run "accepts_open_mode_and_a_rest_api" {
  command = plan
  variables {
    auth  = "open"
    api   = "rest"
    stage = "v"
  }
  assert {
    condition     = output.api_kind == "rest" && output.stage == "v"
    error_message = "The API and the stage must be the given ones."
  }
}

run "refuses_an_unknown_auth_mode" {
  command = plan
  variables {
    auth = "none"
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
