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
    condition     = output.function_names == { for name, function in local.code.functions : name => "support-${name}-test" if function.trigger != "http" || name == "all" }
    error_message = "One function for HTTP, the one that writes into tokens, the relay, and the consumers."
  }
  assert {
    condition     = toset(values(local.api.routes)) == toset(["all"]) && local.api.default_function == "all" && length(local.api.routes) == length(local.routes)
    error_message = "Every route leads to the one function."
  }
  assert {
    condition     = output.table_names == { for key in keys(local.code.tables) : key => "support-${key}-test" }
    error_message = "Every table of the code is there, under its name."
  }
  assert {
    condition     = local.http_variables.CURLEW_AUTH == "required" && local.http_variables.CURLEW_BASE_PATH == "" && local.http_variables.CURLEW_RATE_LIMIT == "" && length(module.identity) == 1
    error_message = "Callers must sign in, there is a pool to do it, and paths start with /v1."
  }
  assert {
    condition     = output.event_bus_name == "support-events-test"
    error_message = "The bus has its name."
  }
  assert {
    condition     = toset(keys(output.dead_letter_queue_urls)) == toset(concat(flatten([for service in local.code.services : keys(service.subscriptions)]), ["relay"])) && toset(keys(local.dead_letter_queue_names)) == toset(keys(output.dead_letter_queue_urls))
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
    condition     = toset(keys(output.function_names)) == setsubtract(keys(local.code.functions), ["accounts", "all", "pre-token"])
    error_message = "Every function of the code is there but the one for everything, and in open mode nobody signs in."
  }
  assert {
    condition     = setsubtract(keys(local.code.functions), keys(output.function_names)) == toset(["accounts", "all", "pre-token"]) && !contains(keys(output.dead_letter_queue_urls), "accounts") && contains(keys(output.dead_letter_queue_urls), "triage")
    error_message = "Without a user pool nobody keeps accounts."
  }
  assert {
    condition     = alltrue([for route in local.routes : local.api.routes[route.path] == route.service]) && local.api.default_function == "service"
    error_message = "Every route leads to the function of its service."
  }
  assert {
    condition     = output.api_kind == "rest" && output.stage == "test" && local.http_variables == { CURLEW_AUTH = "open", CURLEW_BASE_PATH = "/test", CURLEW_RATE_LIMIT = "", POOL_ISSUER = "", POOL_CLIENT = "" } && output.sign_in == null
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
    condition     = output.stage == "dev" && local.http_variables.CURLEW_BASE_PATH == "/dev"
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
    condition     = output.signing_secret == "" && alltrue([for configuration in local.configuration : !contains(keys(configuration.environment_variables), "SIGNING_SECRET") && !strcontains(join(" ", configuration.statements[*].sid), "SigningKeys")]) && module.network[0].secrets_endpoint == null
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
    condition     = contains(keys(local.configuration.all.environment_variables), "SIGNING_SECRET") && [for statement in local.configuration.all.statements : join(" ", statement.actions) if statement.sid == "SigningKeys"] == ["secretsmanager:GetSecretValue"]
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
    condition     = alltrue([for name in ["all", "tickets", "tasks", "users"] : contains(keys(local.configuration[name].environment_variables), "SIGNING_SECRET") && contains(local.configuration[name].statements[*].sid, "SigningKeys")])
    error_message = "Functions with lists sign cursors."
  }
  assert {
    condition     = alltrue([for name in ["service", "analytics", "relay", "triage"] : !contains(keys(local.configuration[name].environment_variables), "SIGNING_SECRET") && !contains(local.configuration[name].statements[*].sid, "SigningKeys")])
    error_message = "Functions without lists sign no cursors."
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
    condition     = local.configuration.all.environment_variables.TEXT_ANALYZER == "comprehend" && startswith(output.files_bucket, "support-files-test-123456789012-")
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
    condition     = { for name, configuration in local.configuration : name => configuration.environment_variables.TEXT_ANALYZER if contains(keys(configuration.environment_variables), "TEXT_ANALYZER") } == { for name, function in local.code.functions : name => "embedded" if can(function.reading) } && !strcontains(jsonencode([for configuration in local.configuration : configuration.statements[*].sid]), "Texts") && module.network[0].comprehend_endpoint == null
    error_message = "The functions of tickets and triage read, the others do not, and nothing leads to Comprehend."
  }
}

run "lets_functions_read_texts" {
  command = plan

  override_module {
    target  = module.files
    outputs = { name = "support-files-test-123456789012-eu-central-1", arn = "arn:aws:s3:::support-files-test-123456789012-eu-central-1" }
  }
  assert {
    condition     = { for name in ["TEXT_ANALYZER", "COMPREHEND_CLASSIFIER", "FILES_BUCKET"] : name => local.configuration.triage.environment_variables[name] } == { TEXT_ANALYZER = "comprehend", COMPREHEND_CLASSIFIER = "", FILES_BUCKET = "support-files-test-123456789012-eu-central-1" }
    error_message = "The function knows the analyzer, and the bucket of lessons."
  }
  assert {
    condition = jsonencode(local.configuration.triage.statements) == jsonencode([
      { sid = "Texts", actions = ["comprehend:DetectDominantLanguage", "comprehend:DetectSentiment", "comprehend:DetectKeyPhrases", "comprehend:BatchDetectSentiment", "comprehend:BatchDetectKeyPhrases"], resources = ["*"] },
      { sid = "Learned", actions = ["s3:GetObject", "s3:PutObject"], resources = ["arn:aws:s3:::support-files-test-123456789012-eu-central-1/learned/*"] },
      { sid = "LearnedNames", actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::support-files-test-123456789012-eu-central-1"] },
    ])
    error_message = "It may send texts to Comprehend, and read and write lessons, and no more."
  }
  assert {
    condition     = [for name, configuration in local.configuration : name if contains(configuration.statements[*].sid, "Texts")] == [for name, function in local.code.functions : name if can(function.reading)] && !contains(local.configuration.users.statements[*].sid, "Texts")
    error_message = "The functions whose definition says so read texts, the others do not."
  }
  assert {
    condition     = alltrue([for name in ["all", "tickets"] : !strcontains(jsonencode(local.configuration[name].statements), "s3:PutObject")])
    error_message = "A request for an analysis teaches nothing."
  }
}

run "asks_a_classifier_of_yours" {
  command = plan

  variables {
    text_analysis = { classifier_endpoint_arn = "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets" }
  }
  assert {
    condition     = [for statement in local.configuration.all.statements : "${join(" ", statement.actions)} ${join(" ", statement.resources)}" if statement.sid == "Classifier"] == ["comprehend:ClassifyDocument arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets"]
    error_message = "It may ask this endpoint and no other."
  }
  assert {
    condition     = local.configuration.all.environment_variables.COMPREHEND_CLASSIFIER == "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets"
    error_message = "The functions know the endpoint."
  }
}

run "refuses_a_classifier_without_comprehend" {
  command = plan

  variables {
    text_analysis = { provider = "embedded", classifier_endpoint_arn = "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets" }
  }
  expect_failures = [var.text_analysis]
}

run "refuses_what_is_no_endpoint" {
  command = plan

  variables {
    text_analysis = { classifier_endpoint_arn = "tickets" }
  }
  expect_failures = [var.text_analysis]
}

run "keeps_accounts_in_step_with_users" {
  command = plan

  variables {
    network = {}
  }
  override_module {
    target = module.identity
    outputs = {
      issuer             = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc"
      client_id          = "client"
      user_pool_id       = "eu-central-1_abc"
      user_pool_arn      = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abc"
      hosted_login_url   = "https://support-test.auth.eu-central-1.amazoncognito.com"
      pre_token_function = { name = "support-pre-token-test", arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-pre-token-test" }
    }
  }
  assert {
    condition     = jsonencode(local.configuration.accounts.statements) == jsonencode([{ sid = "Accounts", actions = [for action in local.code.functions.accounts.pool : "cognito-idp:${action}"], resources = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abc"] }])
    error_message = "Only the calls that the code makes, and only for the accounts of this pool."
  }
  assert {
    condition     = local.configuration.accounts.environment_variables == { POOL_ID = "eu-central-1_abc", ROLES_WITH_ACCOUNTS = "agent,admin" }
    error_message = "Staff get accounts; customers on request only, because each new account is a mail to its owner."
  }
  assert {
    condition     = [for name, configuration in local.configuration : name if configuration.settings.network == null] == ["accounts"]
    error_message = "Cognito is on the internet: only this function is outside the network."
  }
}

run "refuses_accounts_for_an_unknown_role" {
  command = plan

  variables {
    sign_in = { accounts_for = ["agent", "owner"] }
  }
  expect_failures = [var.sign_in]
}

run "refuses_accounts_for_no_role" {
  command = plan

  variables {
    sign_in = { accounts_for = [] }
  }
  expect_failures = [var.sign_in]
}

run "limits_a_subscription_when_told_to" {
  command = plan

  variables {
    reserved_concurrency = { accounts = 2 }
  }
  assert {
    condition     = local.subscriptions.accounts.reserved_concurrency == 2 && local.subscriptions["ticket-counts"].reserved_concurrency == -1
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
    text_analysis  = { provider = "gpt" }
  }
  expect_failures = [var.environment, var.layout, var.stage, var.auth, var.signing_secret, var.text_analysis]
}

run "refuses_an_unknown_api_and_a_folder_without_zips" {
  command = plan
  variables {
    api              = "graphql"
    artifacts_folder = "tests"
  }
  expect_failures = [var.api, var.artifacts_folder]
}
