locals {
  tables    = jsondecode(file("${path.module}/../../generated/tables.json"))
  functions = { for function in jsondecode(file("${path.module}/../../generated/functions.json")) : function.name => function }
  subscriptions = {
    for subscription in jsondecode(file("${path.module}/../../generated/subscriptions.json")) :
    subscription.name => subscription if subscription.service == "analytics"
  }
  # The function of a subscription has the subscription's name in its trigger.
  consumers = { for function in values(local.functions) : function.subscription => function if function.trigger == "subscription" }
}

module "table" {
  source = "../table"

  name       = "support-analytics-${var.environment}"
  definition = local.tables.analytics
  settings   = var.table_settings
}

module "function" {
  source = "../function"
  count  = var.deploy_function ? 1 : 0

  name       = "support-analytics-${var.environment}"
  definition = local.functions.analytics
  artifact   = "${var.artifacts_folder}/analytics.zip"
  tables     = merge(var.other_tables, { analytics = module.table })
  settings   = var.function_settings

  environment_variables = var.http_settings.environment_variables
  statements            = var.http_settings.statements
}

module "subscription" {
  source   = "../subscription"
  for_each = local.subscriptions

  name              = each.key
  environment       = var.environment
  events            = each.value.events
  event_bus_name    = var.event_bus_name
  definition        = local.consumers[each.key]
  artifact          = "${var.artifacts_folder}/${local.consumers[each.key].name}.zip"
  tables            = merge(var.other_tables, { analytics = module.table })
  function_settings = var.function_settings

  reserved_concurrency = lookup(var.reserved_concurrency, each.key, -1)
}
