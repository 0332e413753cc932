module "event_bus" {
  source = "../event-bus"

  name = "support-events-${var.environment}"
}

module "table" {
  source   = "../table"
  for_each = local.code.tables

  name       = "support-${each.key}-${var.environment}"
  definition = each.value
  settings   = var.table_settings
}

module "service" {
  source   = "../service"
  for_each = local.services

  environment      = var.environment
  service          = each.value
  functions        = local.code.functions
  deploy_function  = local.per_service
  artifacts_folder = var.artifacts_folder
  tables           = module.table
  event_bus_name   = module.event_bus.name
  configuration    = local.configuration

  reserved_concurrency = var.reserved_concurrency
}

# The lessons that triage has learned, one object per organization.
module "files" {
  source = "../files"

  name          = "support-files-${var.environment}"
  force_destroy = !var.table_settings.deletion_protection && !var.table_settings.point_in_time_recovery
  kms_key_arn   = var.table_settings.kms_key_arn
}

# The user pool for sign-in. Open mode has none.
module "identity" {
  source = "../identity"
  count  = var.auth == "required" ? 1 : 0

  environment         = var.environment
  pre_token           = local.code.functions.pre-token
  artifacts_folder    = var.artifacts_folder
  users_table         = module.table["users"]
  callback_urls       = var.sign_in.callback_urls
  domain_prefix       = var.sign_in.domain_prefix
  deletion_protection = var.table_settings.deletion_protection
  function_settings   = local.function_settings
}

module "relay" {
  source = "../relay"

  environment       = var.environment
  definition        = local.code.functions.relay
  artifact          = "${var.artifacts_folder}/relay.zip"
  stream_arns       = { for name, table in module.table : name => table.stream_arn if local.code.tables[name].stream }
  event_bus         = module.event_bus
  function_settings = local.function_settings
}

module "network" {
  source = "../network"
  count  = var.network == null ? 0 : 1

  name               = "support-${var.environment}"
  cidr_block         = var.network.cidr_block
  availability_zones = var.network.availability_zones
  table_arns         = [for table in module.table : table.arn]
  event_bus_arn      = module.event_bus.arn
  secret_arns        = aws_secretsmanager_secret.signing[*].arn
  bucket_arns        = [module.files.arn]
  comprehend         = var.text_analysis.provider == "comprehend"
}
