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

  environment_variables = {
    CURLEW_AUTH       = var.http_settings.auth
    CURLEW_BASE_PATH  = var.http_settings.base_path
    CURLEW_RATE_LIMIT = var.http_settings.rate_limit
    POOL_ISSUER       = var.http_settings.pool.issuer
    POOL_CLIENT       = var.http_settings.pool.client_id
  }
}
