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
    error_message = "The default must be an HTTP API under $default with one function."
  }
  assert {
    condition     = output.function_names == { for name, function in local.code.functions : name => "support-${name}-test" if function.trigger != "http" || name == "all" }
    error_message = "The functions must be one for HTTP, the pre-token function, the relay, and the consumers."
  }
  assert {
    condition     = toset(values(local.api.routes)) == toset(["all"]) && local.api.default_function == "all" && length(local.api.routes) == length(local.routes)
    error_message = "Every route must call the one function."
  }
  assert {
    condition     = output.table_names == { for key in keys(local.code.tables) : key => "support-${key}-test" }
    error_message = "Every table of the code must exist under its name."
  }
  assert {
    condition     = local.http_variables.CURLEW_AUTH == "required" && local.http_variables.CURLEW_BASE_PATH == "" && local.http_variables.CURLEW_RATE_LIMIT == "" && length(module.identity) == 1
    error_message = "Callers must sign in, a user pool must exist, and paths must start with /v1."
  }
  assert {
    condition     = output.event_bus_name == "support-events-test"
    error_message = "The bus has its name."
  }
  assert {
    condition     = toset(keys(output.dead_letter_queue_urls)) == toset(concat(flatten([for service in local.code.services : keys(service.subscriptions)]), ["relay"])) && toset(keys(local.dead_letter_queue_names)) == toset(keys(output.dead_letter_queue_urls))
    error_message = "Every subscription and the relay must have a dead-letter queue."
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
    error_message = "Every function of the code must exist except `all` and, because open mode has no sign-in, those of the user pool."
  }
  assert {
    condition     = setsubtract(keys(local.code.functions), keys(output.function_names)) == toset(["accounts", "all", "pre-token"]) && !contains(keys(output.dead_letter_queue_urls), "accounts") && contains(keys(output.dead_letter_queue_urls), "triage")
    error_message = "Without a user pool there must be no subscription for accounts."
  }
  assert {
    condition     = alltrue([for route in local.routes : local.api.routes[route.path] == route.service]) && local.api.default_function == "service"
    error_message = "Every route must call the function of its service."
  }
  assert {
    condition     = output.api_kind == "rest" && output.stage == "test" && local.http_variables == { CURLEW_AUTH = "open", CURLEW_BASE_PATH = "/test", CURLEW_RATE_LIMIT = "", POOL_ISSUER = "", POOL_CLIENT = "" } && output.sign_in == null
    error_message = "The stage of a REST API must be the environment's name, and the functions must get it as base path."
  }
  assert {
    condition     = local.function_settings.network != null && length(local.function_settings.network.subnet_ids) == 2
    error_message = "The functions must be in the network."
  }
}

run "serves_a_named_stage" {
  command = plan

  variables {
    stage = "dev"
  }
  assert {
    condition     = output.stage == "dev" && local.http_variables.CURLEW_BASE_PATH == "/dev"
    error_message = "The stage must be the first path segment, and the functions must get it as base path."
  }
}

run "requires_no_tokens_at_the_gateway_by_default" {
  command = plan

  assert {
    condition     = length(module.http_api[0].guarded_paths) == 0
    error_message = "By default API Gateway must pass every request to the functions."
  }
}

run "requires_access_tokens_at_the_http_api" {
  command = plan

  variables {
    sign_in = { gateway_authorizer = true }
  }
  assert {
    condition     = toset(module.http_api[0].guarded_paths) == toset([for route in local.routes : route.path if route.needsCaller]) && contains(module.http_api[0].guarded_paths, "/v1/tickets")
    error_message = "Exactly the paths that need a caller must require a token."
  }
}

run "requires_access_tokens_at_the_rest_api" {
  command = plan

  variables {
    api     = "rest"
    sign_in = { gateway_authorizer = true }
  }
  assert {
    condition     = toset(module.rest_api[0].guarded_paths) == toset([for route in local.routes : route.path if route.needsCaller])
    error_message = "Exactly the paths that need a caller must require a token."
  }
}

run "refuses_a_gateway_authorizer_in_open_mode" {
  command = plan

  variables {
    auth    = "open"
    sign_in = { gateway_authorizer = true }
  }
  expect_failures = [var.sign_in]
}

run "keeps_the_keys_of_cursors_in_the_tables_by_default" {
  command = plan

  variables {
    network = {}
  }
  assert {
    condition     = output.signing_secret == "" && alltrue([for configuration in local.configuration : !contains(keys(configuration.environment_variables), "SIGNING_SECRET") && !strcontains(join(" ", configuration.statements[*].sid), "SigningKeys")]) && module.network[0].secrets_endpoint == null
    error_message = "There must be no secret by default, because it costs money also without requests."
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
    error_message = "The secret must have its name, and be deleted with the environment."
  }
  assert {
    condition     = contains(keys(local.configuration.all.environment_variables), "SIGNING_SECRET") && [for statement in local.configuration.all.statements : join(" ", statement.actions) if statement.sid == "SigningKeys"] == ["secretsmanager:GetSecretValue"]
    error_message = "The function may only read the secret."
  }
  assert {
    condition     = module.network[0].secrets_endpoint == "com.amazonaws.eu-central-1.secretsmanager"
    error_message = "Without internet access the functions must reach Secrets Manager through an endpoint."
  }
}

run "gives_the_secret_only_to_functions_with_lists" {
  command = plan

  variables {
    layout         = "per-service"
    signing_secret = "secrets-manager"
    table_settings = { deletion_protection = true }
  }
  assert {
    condition     = alltrue([for name in ["all", "tickets", "tasks", "users"] : contains(keys(local.configuration[name].environment_variables), "SIGNING_SECRET") && contains(local.configuration[name].statements[*].sid, "SigningKeys")])
    error_message = "Functions with lists must get the secret."
  }
  assert {
    condition     = alltrue([for name in ["service", "analytics", "relay", "triage"] : !contains(keys(local.configuration[name].environment_variables), "SIGNING_SECRET") && !contains(local.configuration[name].statements[*].sid, "SigningKeys")])
    error_message = "Functions without lists must not get the secret."
  }
  assert {
    condition     = aws_secretsmanager_secret.signing[0].recovery_window_in_days == 30
    error_message = "If the tables are protected, a deleted secret must be restorable."
  }
}

run "analyzes_texts_with_comprehend_by_default" {
  command = plan

  variables {
    network = {}
  }
  assert {
    condition     = local.configuration.all.environment_variables.TEXT_ANALYZER == "comprehend" && startswith(output.files_bucket, "support-files-test-123456789012-")
    error_message = "The analyzer must be Comprehend, and the bucket for lessons must exist."
  }
  assert {
    condition     = module.network[0].comprehend_endpoint == "com.amazonaws.eu-central-1.comprehend"
    error_message = "Without internet access the functions must reach Comprehend through an endpoint."
  }
}

run "analyzes_texts_with_embedded_models" {
  command = plan

  variables {
    layout        = "per-service"
    network       = {}
    text_analysis = { provider = "embedded" }
  }
  assert {
    condition     = { for name, configuration in local.configuration : name => configuration.environment_variables.TEXT_ANALYZER if contains(keys(configuration.environment_variables), "TEXT_ANALYZER") } == { for name, function in local.code.functions : name => "embedded" if can(function.reading) } && !strcontains(jsonencode([for configuration in local.configuration : configuration.statements[*].sid]), "Texts") && module.network[0].comprehend_endpoint == null
    error_message = "Only the functions of tickets and triage must analyze texts, and no function or endpoint may use Comprehend."
  }
}

run "gives_permissions_for_text_analysis" {
  command = plan

  override_module {
    target  = module.files
    outputs = { name = "support-files-test-123456789012-eu-central-1", arn = "arn:aws:s3:::support-files-test-123456789012-eu-central-1" }
  }
  assert {
    condition     = { for name in ["TEXT_ANALYZER", "COMPREHEND_CLASSIFIER", "FILES_BUCKET"] : name => local.configuration.triage.environment_variables[name] } == { TEXT_ANALYZER = "comprehend", COMPREHEND_CLASSIFIER = "", FILES_BUCKET = "support-files-test-123456789012-eu-central-1" }
    error_message = "The function must get the analyzer and the bucket of lessons as environment variables."
  }
  assert {
    condition = jsonencode(local.configuration.triage.statements) == jsonencode([
      { sid = "Texts", actions = ["comprehend:DetectDominantLanguage", "comprehend:DetectSentiment", "comprehend:DetectKeyPhrases", "comprehend:BatchDetectSentiment", "comprehend:BatchDetectKeyPhrases"], resources = ["*"] },
      { sid = "Learned", actions = ["s3:GetObject", "s3:PutObject"], resources = ["arn:aws:s3:::support-files-test-123456789012-eu-central-1/learned/*"] },
      { sid = "LearnedNames", actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::support-files-test-123456789012-eu-central-1"] },
    ])
    error_message = "The function may only send texts to Comprehend, and read and write lessons."
  }
  assert {
    condition     = [for name, configuration in local.configuration : name if contains(configuration.statements[*].sid, "Texts")] == [for name, function in local.code.functions : name if can(function.reading)] && !contains(local.configuration.users.statements[*].sid, "Texts")
    error_message = "Only functions with `reading` in their definition may analyze texts."
  }
  assert {
    condition     = alltrue([for name in ["all", "tickets"] : !strcontains(jsonencode(local.configuration[name].statements), "s3:PutObject")])
    error_message = "Functions that only analyze texts on request must not write lessons."
  }
}

run "uses_a_custom_classifier" {
  command = plan

  variables {
    text_analysis = { classifier_endpoint_arn = "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets" }
  }
  assert {
    condition     = [for statement in local.configuration.all.statements : "${join(" ", statement.actions)} ${join(" ", statement.resources)}" if statement.sid == "Classifier"] == ["comprehend:ClassifyDocument arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets"]
    error_message = "The function may use this endpoint and no other."
  }
  assert {
    condition     = local.configuration.all.environment_variables.COMPREHEND_CLASSIFIER == "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets"
    error_message = "The functions must get the endpoint as environment variable."
  }
}

run "refuses_a_classifier_without_comprehend" {
  command = plan

  variables {
    text_analysis = { provider = "embedded", classifier_endpoint_arn = "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets" }
  }
  expect_failures = [var.text_analysis]
}

run "refuses_an_invalid_endpoint" {
  command = plan

  variables {
    text_analysis = { classifier_endpoint_arn = "tickets" }
  }
  expect_failures = [var.text_analysis]
}

run "updates_accounts_with_users" {
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
    error_message = "The function may make only the calls of the code, and only for this pool."
  }
  assert {
    condition     = local.configuration.accounts.environment_variables == { POOL_ID = "eu-central-1_abc", ROLES_WITH_ACCOUNTS = "agent,admin" }
    error_message = "By default only staff must get accounts, because each new account sends a mail to its owner."
  }
  assert {
    condition     = [for name, configuration in local.configuration : name if configuration.settings.network == null] == ["accounts"]
    error_message = "Only this function may be outside the network, because Cognito is reachable over the internet only."
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

run "limits_the_given_subscription" {
  command = plan

  variables {
    reserved_concurrency = { accounts = 2 }
  }
  assert {
    condition     = local.subscriptions.accounts.reserved_concurrency == 2 && local.subscriptions["ticket-counts"].reserved_concurrency == -1
    error_message = "The given subscription must have its limit, and the others none."
  }
}

run "refuses_a_limit_for_an_unknown_subscription" {
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
