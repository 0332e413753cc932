module "event_bus" {
  source = "../event-bus"

  name = "support-events-${var.environment}"
}

# What expires by itself: receipts of requests. It has no backups and no stream.
module "ephemeral" {
  source = "../table"

  name       = "support-ephemeral-${var.environment}"
  definition = jsondecode(file("${path.module}/../../generated/tables.json")).ephemeral
  settings   = merge(var.table_settings, { point_in_time_recovery = false })
}

# What is written once and never changed: no function may update or delete in it.
module "audit" {
  source = "../table"

  name       = "support-audit-${var.environment}"
  definition = jsondecode(file("${path.module}/../../generated/tables.json")).audit
  settings   = var.table_settings
}

module "ticket_service" {
  source = "../ticket-service"

  environment       = var.environment
  deploy_function   = local.per_service
  artifacts_folder  = var.artifacts_folder
  other_tables      = merge(local.shared_tables, { users = module.user_service.table })
  table_settings    = var.table_settings
  function_settings = local.function_settings
  http_settings     = local.reading_settings.tickets
}

module "task_service" {
  source = "../task-service"

  environment       = var.environment
  deploy_function   = local.per_service
  artifacts_folder  = var.artifacts_folder
  other_tables      = merge(local.shared_tables, { users = module.user_service.table, tickets = module.ticket_service.table })
  table_settings    = var.table_settings
  function_settings = local.function_settings
  http_settings     = local.list_settings
}

module "user_service" {
  source = "../user-service"

  environment       = var.environment
  deploy_function   = local.per_service
  artifacts_folder  = var.artifacts_folder
  other_tables      = local.shared_tables
  table_settings    = var.table_settings
  function_settings = local.function_settings
  http_settings     = local.list_settings
}

module "analytics_service" {
  source = "../analytics-service"

  environment       = var.environment
  deploy_function   = local.per_service
  artifacts_folder  = var.artifacts_folder
  other_tables      = merge(local.shared_tables, { users = module.user_service.table })
  table_settings    = var.table_settings
  function_settings = local.function_settings
  http_settings     = local.http_settings
  event_bus_name    = module.event_bus.name

  reserved_concurrency = var.reserved_concurrency
}

module "triage_service" {
  source = "../triage-service"

  environment       = var.environment
  artifacts_folder  = var.artifacts_folder
  tables            = { tickets = module.ticket_service.table, users = module.user_service.table }
  event_bus_name    = module.event_bus.name
  text_analysis     = var.text_analysis
  files_settings    = { force_destroy = !coalesce(var.table_settings.deletion_protection, false) && !coalesce(var.table_settings.point_in_time_recovery, false), kms_key_arn = var.table_settings.kms_key_arn }
  function_settings = local.function_settings

  reserved_concurrency = var.reserved_concurrency
}

# Where people sign in. In open mode nobody is asked.
module "identity" {
  source = "../identity"
  count  = var.auth == "required" ? 1 : 0

  environment         = var.environment
  artifacts_folder    = var.artifacts_folder
  users_table         = module.user_service.table
  event_bus_name      = module.event_bus.name
  accounts_for        = coalesce(var.sign_in.accounts_for, ["agent", "admin"])
  callback_urls       = coalesce(var.sign_in.callback_urls, ["http://localhost:3000/app/"])
  domain_prefix       = var.sign_in.domain_prefix
  deletion_protection = coalesce(var.table_settings.deletion_protection, false)
  function_settings   = local.function_settings

  reserved_concurrency = var.reserved_concurrency
}

module "relay" {
  source = "../relay"

  environment       = var.environment
  artifact          = "${var.artifacts_folder}/relay.zip"
  stream_arns       = { for key in local.functions.relay.streams : key => local.tables[key].stream_arn }
  event_bus         = module.event_bus
  function_settings = local.function_settings
}

module "network" {
  source = "../network"
  count  = var.network == null ? 0 : 1

  name               = "support-${var.environment}"
  cidr_block         = var.network.cidr_block
  availability_zones = var.network.availability_zones
  table_arns         = [for table in local.tables : table.arn]
  event_bus_arn      = module.event_bus.arn
  secret_arns        = aws_secretsmanager_secret.signing[*].arn
  bucket_arns        = [module.triage_service.files.arn]
  comprehend         = var.text_analysis.provider == "comprehend"
}
