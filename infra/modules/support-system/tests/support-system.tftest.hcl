mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b"] }
  }
}

variables {
  environment      = "test"
  artifacts_folder = "../function/tests/artifacts"
}

run "is_one_function_behind_an_http_api" {
  command = plan

  assert {
    condition     = output.api_kind == "http" && output.layout == "one-function" && output.stage == "$default"
    error_message = "The HTTP API under $default, with one function, is what comes without asking."
  }
  assert {
    condition     = output.function_names == { all = "support-all-test", pre-token = "support-pre-token-test", relay = "support-relay-test", ticket-counts = "support-ticket-counts-test" }
    error_message = "One function for HTTP, the one that writes into tokens, the relay, and the consumers."
  }
  assert {
    condition     = toset(values(local.api.routes)) == toset(["all"]) && local.api.default_function == "all" && length(local.api.routes) == length(local.routes)
    error_message = "Every route leads to the one function."
  }
  assert {
    condition     = output.table_names == { for key in keys(jsondecode(file("../../generated/tables.json"))) : key => "support-${key}-test" }
    error_message = "Every table of the code is there, under its name."
  }
  assert {
    condition     = local.http_settings.environment_variables.CURLEW_AUTH == "required" && local.http_settings.environment_variables.CURLEW_BASE_PATH == "" && local.http_settings.environment_variables.CURLEW_RATE_LIMIT == "" && length(module.identity) == 1
    error_message = "Callers must sign in, there is a pool to do it, and paths start with /v1."
  }
  assert {
    condition     = output.event_bus_name == "support-events-test"
    error_message = "The bus has its name."
  }
  assert {
    condition     = toset(keys(output.queue_urls)) == toset([for subscription in jsondecode(file("../../generated/subscriptions.json")) : subscription.name]) && toset(keys(output.dead_letter_queue_urls)) == toset(concat(keys(output.queue_urls), ["relay"]))
    error_message = "A queue for every subscription, a dead-letter queue for each and for the relay."
  }
}

run "is_a_function_for_each_service_behind_a_rest_api" {
  command = plan

  variables {
    api     = "rest"
    layout  = "per-service"
    auth    = "open"
    network = {}
    alarms  = { enabled = true }
  }
  assert {
    condition     = toset(keys(output.function_names)) == toset([for function in jsondecode(file("../../generated/functions.json")) : function.name if !contains(["all", "pre-token"], function.name)])
    error_message = "Every function of the code is there but the one for everything, and in open mode nobody signs in."
  }
  assert {
    condition     = alltrue([for route in local.routes : local.api.routes[route.path] == route.service]) && local.api.default_function == "service"
    error_message = "Every route leads to the function of its service."
  }
  assert {
    condition     = output.api_kind == "rest" && output.stage == "test" && local.http_settings.environment_variables == { CURLEW_AUTH = "open", CURLEW_BASE_PATH = "/test", CURLEW_RATE_LIMIT = "", POOL_ISSUER = "", POOL_CLIENT = "" } && output.sign_in == null
    error_message = "A REST API is under the environment's name, and the functions know it."
  }
  assert {
    condition     = local.function_settings.network != null && length(local.function_settings.network.subnet_ids) == 2
    error_message = "The functions are in the network."
  }
}

run "answers_under_a_named_stage" {
  command = plan

  variables {
    stage = "dev"
  }
  assert {
    condition     = output.stage == "dev" && local.http_settings.environment_variables.CURLEW_BASE_PATH == "/dev"
    error_message = "The stage stands before the paths, and the functions know it."
  }
}

run "refuses_wrong_choices" {
  command = plan
  variables {
    environment = "test-1"
    layout      = "two-functions"
    stage       = "a/b"
    auth        = "none"
  }
  expect_failures = [var.environment, var.layout, var.stage, var.auth]
}

run "refuses_an_unknown_api_and_a_folder_without_zips" {
  command = plan
  variables {
    api              = "graphql"
    artifacts_folder = "tests"
  }
  expect_failures = [var.api, var.artifacts_folder]
}
