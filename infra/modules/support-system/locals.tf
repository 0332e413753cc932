locals {
  # This file is generated from the code. A new service, table, function or subscription adds an entry and needs no edit
  # here.
  code   = jsondecode(file("${path.module}/../../generated/services.json"))
  routes = jsondecode(file("${path.module}/../../generated/routes.json"))

  # In open mode there is no user pool, so subscriptions that need one are left out.
  services = { for name, service in local.code.services : name => {
    function      = service.function
    subscriptions = { for key, subscription in service.subscriptions : key => subscription if var.auth == "required" || try(subscription.needs, null) != "user-pool" }
  } }

  per_service = var.layout == "per-service"
  stage       = coalesce(var.stage, var.api == "http" ? "$default" : var.environment)

  http_functions = merge(
    { for function in module.http_function : "all" => { name = function.name, invoke_arn = function.invoke_arn } },
    { for name, service in module.service : name => service.function if local.per_service && local.services[name].function != null },
  )

  subscriptions = merge([for service in module.service : service.subscriptions]...)

  function_names = merge(
    { for name, function in local.http_functions : name => function.name },
    { for name, subscription in local.subscriptions : name => subscription.function_name },
    { relay = module.relay.function_name },
    { for function in module.identity[*].pre_token_function : "pre-token" => function.name },
  )

  dead_letter_queue_names = merge(
    { for name, subscription in local.subscriptions : name => subscription.dead_letter_queue_name },
    { relay = module.relay.dead_letter_queue_name },
  )
}
