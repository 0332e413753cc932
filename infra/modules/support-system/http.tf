# The functions behind the API: one for everything, or one for each service and one for what belongs to none of them
# (health, contract, documentation, wrong paths).
module "shared_function" {
  source   = "../function"
  for_each = local.per_service ? { service = "service.zip" } : { all = "handlers.zip" }

  name       = "support-${each.key}-${var.environment}"
  definition = local.functions[each.key]
  artifact   = "${var.artifacts_folder}/${each.value}"
  tables     = local.tables
  settings   = local.function_settings

  environment_variables = local.shared_settings.environment_variables
  statements            = local.shared_settings.statements
}

locals {
  # What functions are told that have lists and read texts.
  reading_settings = { for name in ["all", "tickets"] : name => {
    environment_variables = merge(local.list_settings.environment_variables, module.triage_service.reading[name].environment_variables)
    statements            = concat(local.list_settings.statements, module.triage_service.reading[name].statements)
  } }

  # What belongs to no service has no lists, and reads nothing.
  shared_settings = local.per_service ? local.http_settings : local.reading_settings.all

  http_functions = merge(
    { for key, function in module.shared_function : key => { name = function.name, invoke_arn = function.invoke_arn } },
    local.per_service ? {
      tickets   = module.ticket_service.function
      tasks     = module.task_service.function
      users     = module.user_service.function
      analytics = module.analytics_service.function
    } : {},
  )

  api = {
    name             = "support-api-${var.environment}"
    routes           = { for route in local.routes : route.path => local.per_service ? route.service : "all" }
    default_function = local.per_service ? "service" : "all"
    open_paths       = [for route in local.routes : route.path if !route.needsCaller]
  }
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

locals {
  deployed_api = one(concat(module.http_api[*], module.rest_api[*]))
}
