locals {
  functions = { for function in jsondecode(file("${path.module}/../../generated/functions.json")) : function.name => function }
  subscriptions = {
    for subscription in jsondecode(file("${path.module}/../../generated/subscriptions.json")) :
    subscription.name => subscription if subscription.service == "triage"
  }
  # The function of a subscription has the subscription's name in its trigger.
  consumers = { for function in values(local.functions) : function.subscription => function if function.trigger == "subscription" }

  reads_by_comprehend = var.text_analysis.provider == "comprehend"

  # What each function that reads texts is told, and may do, by its definition. HTTP functions read texts, too.
  reading = { for name, function in local.functions : name => {
    environment_variables = {
      TEXT_ANALYZER         = var.text_analysis.provider
      COMPREHEND_CLASSIFIER = local.reads_by_comprehend ? join("", var.text_analysis.classifier_endpoint_arn[*]) : ""
      FILES_BUCKET          = module.files.name
    }
    statements = concat(
      # Comprehend knows no resources but for what one trains there.
      local.reads_by_comprehend ? [{ sid = "Texts", actions = function.reading.comprehend, resources = ["*"] }] : [],
      [for arn in var.text_analysis.classifier_endpoint_arn[*] : { sid = "Classifier", actions = function.reading.classifier, resources = [arn] } if local.reads_by_comprehend],
      [
        { sid = "Learned", actions = function.reading.files, resources = ["${module.files.arn}/learned/*"] },
        # Of an object that is not there, S3 says so to those only who may list; others are told that they may not.
        { sid = "LearnedNames", actions = ["s3:ListBucket"], resources = [module.files.arn] },
      ],
    )
  } if can(function.reading.files) }
}

# What organizations taught, an object for each.
module "files" {
  source = "../files"

  name          = "support-files-${var.environment}"
  force_destroy = var.files_settings.force_destroy
  kms_key_arn   = var.files_settings.kms_key_arn
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
  tables            = var.tables
  function_settings = var.function_settings

  environment_variables = local.reading[local.consumers[each.key].name].environment_variables
  statements            = local.reading[local.consumers[each.key].name].statements
  reserved_concurrency  = lookup(var.reserved_concurrency, each.key, -1)
}
