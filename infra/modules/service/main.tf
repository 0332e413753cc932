# The service's own HTTP function. In the layout one-function, one function answers for all services.
module "function" {
  source = "../function"
  count  = var.deploy_function ? length(var.service.function[*]) : 0

  name       = "support-${var.service.function}-${var.environment}"
  definition = var.functions[var.service.function]
  artifact   = "${var.artifacts_folder}/${var.service.function}.zip"
  tables     = var.tables
  settings   = var.configuration[var.service.function].settings

  environment_variables = var.configuration[var.service.function].environment_variables
  statements            = var.configuration[var.service.function].statements
}

module "subscription" {
  source   = "../subscription"
  for_each = var.service.subscriptions

  name              = each.key
  environment       = var.environment
  events            = each.value.events
  event_bus_name    = var.event_bus_name
  definition        = var.functions[each.value.function]
  artifact          = "${var.artifacts_folder}/${each.value.function}.zip"
  tables            = var.tables
  function_settings = var.configuration[each.value.function].settings

  environment_variables = var.configuration[each.value.function].environment_variables
  statements            = var.configuration[each.value.function].statements
  reserved_concurrency  = lookup(var.reserved_concurrency, each.key, -1)
}
