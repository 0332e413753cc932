variable "name" {
  description = "Name of the function and its role, and the end of its log group's name, such as support-tickets-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.name))
    error_message = "Lambda and IAM take names of 1 to 64 letters, digits, dashes and underscores."
  }
}

variable "definition" {
  description = "Definition of the function: one entry of `functions` in infra/generated/services.json. `tables` lists for each table the DynamoDB actions on its items, and the queried indexes."
  type = object({
    name            = string
    description     = string
    tables          = map(object({ items = list(string), indexes = optional(list(string), []) }))
    memoryMegabytes = number
    timeoutSeconds  = number
  })

  validation {
    condition     = alltrue([for access in values(var.definition.tables) : alltrue([for action in access.items : can(regex("^[A-Z][A-Za-z]+$", action))])])
    error_message = "List each action, without `dynamodb:` and without wildcards."
  }
  validation {
    condition     = !contains(flatten([for access in values(var.definition.tables) : access.items]), "Scan")
    error_message = "No function may scan a table."
  }
  validation {
    condition     = var.definition.timeoutSeconds >= 1 && var.definition.timeoutSeconds <= 900
    error_message = "Lambda takes timeouts of 1 to 900 seconds."
  }
  validation {
    condition     = var.definition.memoryMegabytes >= 128 && var.definition.memoryMegabytes <= 10240
    error_message = "Lambda takes 128 to 10240 megabytes of memory."
  }
}

variable "artifact" {
  description = "Path of the zip with index.mjs, which exports handler."
  type        = string

  validation {
    condition     = fileexists(var.artifact)
    error_message = "This path has no zip. `npm run build` makes dist/<function>.zip, and dist/handlers.zip for all routes in one."
  }
}

variable "tables" {
  description = "The tables that the definition uses, by their short names."
  type        = map(object({ name = string, arn = string }))
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.definition.tables), keys(var.tables))) == 0
    error_message = "Every table that the definition names must be given."
  }
}

variable "environment_variables" {
  description = "Environment variables besides the names of the tables (TICKETS_TABLE, …) and of the function."
  type        = map(string)
  default     = {}
}

variable "statements" {
  description = "Permissions besides tables, logs and traces, each on exact resources."
  type        = list(object({ sid = string, actions = list(string), resources = list(string) }))
  default     = []

  validation {
    condition     = alltrue([for statement in var.statements : alltrue([for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Z][A-Za-z]+$", action))])])
    error_message = "List each action, such as events:PutEvents, without wildcards."
  }
}

variable "settings" {
  description = "Lambda runtime, retention of logs in days, X-Ray tracing, and network (null for none)."
  type = object({
    runtime            = optional(string, "nodejs22.x")
    log_retention_days = optional(number, 14)
    tracing            = optional(bool, true)
    network            = optional(object({ subnet_ids = list(string), security_group_id = string, arns = list(string) }))
  })
  default = {}

  validation {
    condition     = can(regex("^nodejs[0-9]+\\.x$", var.settings.runtime))
    error_message = "The zips are JavaScript: the runtime is nodejs22.x or newer."
  }
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.settings.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or 1096 days, or 5 to 10 years."
  }
}

variable "reserved_concurrency" {
  description = "Highest number of parallel runs, which AWS then reserves for this function. -1 uses the account's unreserved concurrency."
  type        = number
  default     = -1

  validation {
    condition     = var.reserved_concurrency >= -1 && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "The concurrency must be a whole number, or -1 for no limit."
  }
}
