locals {
  tables    = jsondecode(file("${path.module}/../../generated/tables.json"))
  functions = { for function in jsondecode(file("${path.module}/../../generated/functions.json")) : function.name => function }
}

module "table" {
  source = "../table"

  name       = "support-tasks-${var.environment}"
  definition = local.tables.tasks
  settings   = var.table_settings
}

module "function" {
  source = "../function"
  count  = var.deploy_function ? 1 : 0

  name       = "support-tasks-${var.environment}"
  definition = local.functions.tasks
  artifact   = "${var.artifacts_folder}/tasks.zip"
  tables     = merge(var.other_tables, { tasks = module.table })
  settings   = var.function_settings

  environment_variables = var.http_settings.environment_variables
  statements            = var.http_settings.statements
}
