locals {
  tables    = jsondecode(file("${path.module}/../../generated/tables.json"))
  functions = { for function in jsondecode(file("${path.module}/../../generated/functions.json")) : function.name => function }
}

module "table" {
  source = "../table"

  name       = "support-tickets-${var.environment}"
  definition = local.tables.tickets
  settings   = var.table_settings
}

module "function" {
  source = "../function"
  count  = var.deploy_function ? 1 : 0

  name       = "support-tickets-${var.environment}"
  definition = local.functions.tickets
  artifact   = "${var.artifacts_folder}/tickets.zip"
  tables     = merge(var.other_tables, { tickets = module.table })
  settings   = var.function_settings

  environment_variables = var.http_settings.environment_variables
  statements            = var.http_settings.statements
}
