locals {
  functions     = { for function in jsondecode(file("${path.module}/../../generated/functions.json")) : function.name => function }
  routes        = jsondecode(file("${path.module}/../../generated/routes.json"))
  subscriptions = jsondecode(file("${path.module}/../../generated/subscriptions.json"))

  per_service = var.layout == "per-service"
  stage       = coalesce(var.stage, var.api == "http" ? "$default" : var.environment)

  function_settings = merge(var.function_settings, { network = one(module.network[*].for_functions) })

  # What every function behind the API is told.
  http_settings = {
    environment_variables = {
      CURLEW_AUTH       = var.auth
      CURLEW_BASE_PATH  = local.stage == "$default" ? "" : "/${local.stage}"
      CURLEW_RATE_LIMIT = var.rate_limit
      POOL_ISSUER       = var.auth == "required" ? one(module.identity[*].issuer) : ""
      POOL_CLIENT       = var.auth == "required" ? one(module.identity[*].client_id) : ""
    }
    statements = []
  }

  tables = {
    tickets   = module.ticket_service.table
    tasks     = module.task_service.table
    users     = module.user_service.table
    analytics = module.analytics_service.table
    audit     = { name = module.audit.name, arn = module.audit.arn, stream_arn = null }
    ephemeral = { name = module.ephemeral.name, arn = module.ephemeral.arn, stream_arn = null }
  }

  # What every service may use; each function gets the permissions that its definition names.
  shared_tables = { audit = module.audit, ephemeral = module.ephemeral }

  consumers = merge(module.analytics_service.consumers, module.triage_service.consumers, module.identity[*].consumers...)

  dead_letter_queue_names = merge(
    { for subscription, consumer in local.consumers : subscription => consumer.dead_letter_queue_name },
    { relay = module.relay.dead_letter_queue_name },
  )

  function_names = merge(
    { for name, function in local.http_functions : name => function.name },
    { for subscription, consumer in local.consumers : subscription => consumer.function_name },
    { relay = module.relay.function_name },
    { for function in module.identity[*].pre_token_function : "pre-token" => function.name },
  )
}
