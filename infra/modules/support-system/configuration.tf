# Environment variables and permissions of each function besides its tables. The function's definition says which it
# needs.
locals {
  function_settings = merge(var.function_settings, { network = one(module.network[*].for_functions) })

  http_variables = {
    CURLEW_AUTH       = var.auth
    CURLEW_BASE_PATH  = local.stage == "$default" ? "" : "/${local.stage}"
    CURLEW_RATE_LIMIT = var.rate_limit
    POOL_ISSUER       = var.auth == "required" ? one(module.identity[*].issuer) : ""
    POOL_CLIENT       = var.auth == "required" ? one(module.identity[*].client_id) : ""
  }

  text_variables = {
    TEXT_ANALYZER         = var.text_analysis.provider
    COMPREHEND_CLASSIFIER = join("", var.text_analysis.classifier_endpoint_arn[*])
    FILES_BUCKET          = module.files.name
  }

  text_statements = { for name, function in local.code.functions : name => concat(
    # Comprehend's actions accept no resource ARNs, except for classifiers.
    var.text_analysis.provider == "comprehend" ? [{ sid = "Texts", actions = function.reading.comprehend, resources = ["*"] }] : [],
    [for arn in var.text_analysis.classifier_endpoint_arn[*] : { sid = "Classifier", actions = function.reading.classifier, resources = [arn] }],
    [
      { sid = "Learned", actions = function.reading.files, resources = ["${module.files.arn}/learned/*"] },
      # Without this permission S3 answers 403 instead of 404 for an object that does not exist.
      { sid = "LearnedNames", actions = ["s3:ListBucket"], resources = [module.files.arn] },
    ],
  ) if can(function.reading) }

  configuration = { for name, function in local.code.functions : name => {
    # Cognito is reachable over the internet only, so a function that calls it stays outside the network.
    settings = merge(local.function_settings, { network = can(function.pool) ? null : local.function_settings.network })

    environment_variables = merge(
      function.trigger == "http" ? local.http_variables : {},
      { for secret in aws_secretsmanager_secret.signing : "SIGNING_SECRET" => secret.arn if can(function.cursors) },
      can(function.reading) ? local.text_variables : {},
      { for identity in module.identity : "POOL_ID" => identity.user_pool_id if can(function.pool) },
      { for identity in module.identity : "ROLES_WITH_ACCOUNTS" => join(",", var.sign_in.accounts_for) if can(function.pool) },
    )

    statements = concat(
      [for secret in aws_secretsmanager_secret.signing : { sid = "SigningKeys", actions = ["secretsmanager:GetSecretValue"], resources = [secret.arn] } if can(function.cursors)],
      lookup(local.text_statements, name, []),
      [for identity in module.identity : { sid = "Accounts", actions = [for action in function.pool : "cognito-idp:${action}"], resources = [identity.user_pool_arn] } if can(function.pool)],
    )
  } }
}
