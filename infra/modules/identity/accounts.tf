locals {
  subscriptions = {
    for subscription in jsondecode(file("${path.module}/../../generated/subscriptions.json")) :
    subscription.name => subscription if try(subscription.needs, "") == "user-pool"
  }
  # The function of a subscription has the subscription's name in its trigger.
  consumers = { for function in local.functions : function.subscription => function if function.trigger == "subscription" }
}

# What keeps the accounts in step with the users.
module "subscription" {
  source   = "../subscription"
  for_each = local.subscriptions

  name           = each.key
  environment    = var.environment
  events         = each.value.events
  event_bus_name = var.event_bus_name
  definition     = local.consumers[each.key]
  artifact       = "${var.artifacts_folder}/${local.consumers[each.key].name}.zip"
  tables         = { users = var.users_table }

  environment_variables = {
    POOL_ID             = aws_cognito_user_pool.this.id
    ROLES_WITH_ACCOUNTS = join(",", var.accounts_for)
  }
  statements = [{
    sid       = "Accounts"
    actions   = [for action in local.consumers[each.key].pool : "cognito-idp:${action}"]
    resources = [aws_cognito_user_pool.this.arn]
  }]

  # Cognito is reached by the internet only, so this function is in no network of ours; what else it calls is not either.
  function_settings = merge(var.function_settings, { network = null })

  reserved_concurrency = lookup(var.reserved_concurrency, each.key, -1)
}
