# Resource addresses of deployments made before the module `service` existed. With these blocks Terraform renames the
# resources in its state; without them it would destroy the tables with their data. Remove them with release 1.0.0.

moved {
  from = module.ticket_service.module.table
  to   = module.table["tickets"]
}

moved {
  from = module.task_service.module.table
  to   = module.table["tasks"]
}

moved {
  from = module.user_service.module.table
  to   = module.table["users"]
}

moved {
  from = module.analytics_service.module.table
  to   = module.table["analytics"]
}

moved {
  from = module.audit
  to   = module.table["audit"]
}

moved {
  from = module.ephemeral
  to   = module.table["ephemeral"]
}

moved {
  from = module.ticket_service.module.function
  to   = module.service["tickets"].module.function
}

moved {
  from = module.task_service.module.function
  to   = module.service["tasks"].module.function
}

moved {
  from = module.user_service.module.function
  to   = module.service["users"].module.function
}

moved {
  from = module.analytics_service.module.function
  to   = module.service["analytics"].module.function
}

moved {
  from = module.shared_function["service"]
  to   = module.service["service"].module.function[0]
}

moved {
  from = module.shared_function["all"]
  to   = module.http_function[0]
}

moved {
  from = module.analytics_service.module.subscription
  to   = module.service["analytics"].module.subscription
}

moved {
  from = module.triage_service.module.subscription
  to   = module.service["triage"].module.subscription
}

moved {
  from = module.identity[0].module.subscription
  to   = module.service["users"].module.subscription
}

moved {
  from = module.triage_service.module.files
  to   = module.files
}
