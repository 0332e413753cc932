# One function for all routes. In the layout per-service each service has its own function; the function of the service
# `service` then answers health, contract, documentation and unknown paths.
module "http_function" {
  source = "../function"
  count  = local.per_service ? 0 : 1

  name       = "support-all-${var.environment}"
  definition = local.code.functions.all
  artifact   = "${var.artifacts_folder}/handlers.zip"
  tables     = module.table
  settings   = local.configuration.all.settings

  environment_variables = local.configuration.all.environment_variables
  statements            = local.configuration.all.statements
}

locals {
  api = {
    name             = "support-api-${var.environment}"
    routes           = { for route in local.routes : route.path => local.per_service ? route.service : "all" }
    default_function = local.per_service ? "service" : "all"
    open_paths       = [for route in local.routes : route.path if !route.needsCaller]
  }

  deployed_api = one(concat(module.http_api[*], module.rest_api[*]))
}

module "http_api" {
  source = "../http-api"
  count  = var.api == "http" ? 1 : 0

  name               = local.api.name
  stage              = local.stage
  routes             = local.api.routes
  functions          = local.http_functions
  default_function   = local.api.default_function
  log_retention_days = var.function_settings.log_retention_days

  authorizer = var.sign_in.gateway_authorizer ? {
    issuer     = one(module.identity[*].issuer)
    client_id  = one(module.identity[*].client_id)
    open_paths = local.api.open_paths
  } : null
}

module "rest_api" {
  source = "../rest-api"
  count  = var.api == "rest" ? 1 : 0

  name             = local.api.name
  stage            = local.stage
  routes           = local.api.routes
  functions        = local.http_functions
  default_function = local.api.default_function
  tracing          = var.function_settings.tracing

  authorizer = var.sign_in.gateway_authorizer ? {
    user_pool_arn = one(module.identity[*].user_pool_arn)
    open_paths    = local.api.open_paths
  } : null
}

module "observability" {
  source = "../observability"

  environment             = var.environment
  api                     = { kind = var.api, id = local.deployed_api.id, name = local.api.name, stage = local.stage }
  function_names          = local.function_names
  relay_function_name     = module.relay.function_name
  dead_letter_queue_names = local.dead_letter_queue_names
  alarms                  = var.alarms
}
