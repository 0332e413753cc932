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
    condition     = output.function_names == { accounts = "support-accounts-test", all = "support-all-test", pre-token = "support-pre-token-test", relay = "support-relay-test", ticket-counts = "support-ticket-counts-test", triage = "support-triage-test" }
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
    condition     = toset(keys(output.dead_letter_queue_urls)) == toset(concat(jsondecode(file("../../generated/subscriptions.json"))[*].name, ["relay"])) && toset(keys(local.dead_letter_queue_names)) == toset(keys(output.dead_letter_queue_urls))
    error_message = "A dead-letter queue for every subscription and for the relay."
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
    condition     = toset(keys(output.function_names)) == toset([for function in jsondecode(file("../../generated/functions.json")) : function.name if !contains(["accounts", "all", "pre-token"], function.name)])
    error_message = "Every function of the code is there but the one for everything, and in open mode nobody signs in."
  }
  assert {
    condition     = keys(output.dead_letter_queue_urls) == ["relay", "ticket-counts", "triage"]
    error_message = "Without a user pool nobody keeps accounts."
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

run "leaves_tokens_to_the_functions" {
  command = plan

  assert {
    condition     = length(module.http_api[0].guarded_paths) == 0
    error_message = "API Gateway asks nobody who they are, unless told to."
  }
}

run "lets_the_http_api_ask_for_access_tokens" {
  command = plan

  variables {
    sign_in = { gateway_authorizer = true }
  }
  assert {
    condition     = toset(module.http_api[0].guarded_paths) == toset([for route in local.routes : route.path if route.needsCaller]) && contains(module.http_api[0].guarded_paths, "/v1/tickets")
    error_message = "Every path that needs a caller asks for a token, and no other."
  }
}

run "lets_the_rest_api_ask_for_access_tokens" {
  command = plan

  variables {
    api     = "rest"
    sign_in = { gateway_authorizer = true }
  }
  assert {
    condition     = toset(module.rest_api[0].guarded_paths) == toset([for route in local.routes : route.path if route.needsCaller])
    error_message = "Every path that needs a caller asks for a token, and no other."
  }
}

run "refuses_to_ask_for_tokens_in_open_mode" {
  command = plan

  variables {
    auth    = "open"
    sign_in = { gateway_authorizer = true }
  }
  expect_failures = [var.sign_in]
}

run "leaves_the_keys_of_cursors_in_the_tables" {
  command = plan

  variables {
    network = {}
  }
  assert {
    condition     = output.signing_secret == "" && !contains(keys(local.list_settings.environment_variables), "SIGNING_SECRET") && length(local.list_settings.statements) == 0 && module.network[0].secrets_endpoint == null
    error_message = "A secret costs money also when idle, so there is none unless it is asked for."
  }
}

run "keeps_the_keys_of_cursors_in_a_secret" {
  command = plan

  variables {
    signing_secret = "secrets-manager"
    network        = {}
  }
  assert {
    condition     = output.signing_secret == "support-signing-test" && aws_secretsmanager_secret.signing[0].recovery_window_in_days == 0
    error_message = "The secret has its name, and goes with the environment."
  }
  assert {
    condition     = contains(keys(local.shared_settings.environment_variables), "SIGNING_SECRET") && [for statement in local.shared_settings.statements : statement.actions if statement.sid == "SigningKeys"] == [tolist(["secretsmanager:GetSecretValue"])]
    error_message = "The one function reads the secret, and does nothing else with it."
  }
  assert {
    condition     = module.network[0].secrets_endpoint == "com.amazonaws.eu-central-1.secretsmanager"
    error_message = "Without a way to the internet the functions reach Secrets Manager by an endpoint."
  }
}

run "tells_only_functions_that_have_lists_of_the_secret" {
  command = plan

  variables {
    layout         = "per-service"
    signing_secret = "secrets-manager"
    table_settings = { deletion_protection = true }
  }
  assert {
    condition     = contains(keys(local.list_settings.environment_variables), "SIGNING_SECRET") && !contains(keys(local.shared_settings.environment_variables), "SIGNING_SECRET") && length(local.shared_settings.statements) == 0
    error_message = "What belongs to no service has no lists."
  }
  assert {
    condition     = aws_secretsmanager_secret.signing[0].recovery_window_in_days == 30
    error_message = "Where tables are protected a deleted secret can be restored."
  }
}

run "has_texts_read_by_comprehend" {
  command = plan

  variables {
    network = {}
  }
  assert {
    condition     = local.shared_settings.environment_variables.TEXT_ANALYZER == "comprehend" && startswith(output.files_bucket, "support-files-test-123456789012-")
    error_message = "Comprehend reads, and lessons have their bucket."
  }
  assert {
    condition     = module.network[0].comprehend_endpoint == "com.amazonaws.eu-central-1.comprehend"
    error_message = "Without a way to the internet the functions reach Comprehend by an endpoint."
  }
}

run "has_texts_read_by_its_own_models" {
  command = plan

  variables {
    layout        = "per-service"
    network       = {}
    text_analysis = { provider = "embedded" }
  }
  assert {
    condition     = local.reading_settings.tickets.environment_variables.TEXT_ANALYZER == "embedded" && !contains(keys(local.shared_settings.environment_variables), "TEXT_ANALYZER") && module.network[0].comprehend_endpoint == null
    error_message = "The functions of tickets and triage read, the others do not, and nothing leads to Comprehend."
  }
}

run "limits_a_subscription_when_told_to" {
  command = plan

  variables {
    reserved_concurrency = { accounts = 2 }
  }
  assert {
    condition     = module.identity[0].consumers.accounts.reserved_concurrency == 2 && module.analytics_service.consumers["ticket-counts"].reserved_concurrency == -1
    error_message = "What is named has its limit, the others have none."
  }
}

run "refuses_to_limit_what_is_no_subscription" {
  command = plan

  variables {
    reserved_concurrency = { counts = 2 }
  }
  expect_failures = [var.reserved_concurrency]
}

run "refuses_wrong_choices" {
  command = plan
  variables {
    environment    = "test-1"
    layout         = "two-functions"
    stage          = "a/b"
    auth           = "none"
    signing_secret = "vault"
  }
  expect_failures = [var.environment, var.layout, var.stage, var.auth, var.signing_secret]
}

run "refuses_an_unknown_api_and_a_folder_without_zips" {
  command = plan
  variables {
    api              = "graphql"
    artifacts_folder = "tests"
  }
  expect_failures = [var.api, var.artifacts_folder]
}
