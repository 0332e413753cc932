variable "environment" {
  description = "Name of the environment. All resource names end in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "service" {
  description = "The service: one entry of `services` in infra/generated/services.json. It names the function that answers HTTP requests (null if the service has no routes), and its subscriptions with the events and the function of each."
  type = object({
    function      = optional(string)
    subscriptions = optional(map(object({ events = list(string), function = string })), {})
  })

  validation {
    condition     = length(setsubtract(concat(var.service.function[*], values(var.service.subscriptions)[*].function), keys(var.functions))) == 0
    error_message = "Every function that the service names must be in `functions`."
  }
}

variable "functions" {
  description = "Definitions of functions by name: `functions` of infra/generated/services.json. See the module function."
  type = map(object({
    name            = string
    description     = string
    tables          = map(object({ items = list(string), indexes = optional(list(string), []) }))
    memoryMegabytes = number
    timeoutSeconds  = number
  }))
}

variable "deploy_function" {
  description = "Whether the service has its own HTTP function. If false, one function answers for all services."
  type        = bool
  default     = true
}

variable "artifacts_folder" {
  description = "Folder with one zip for each function."
  type        = string
}

variable "tables" {
  description = "Name and ARN of each table, by its short name. A function gets the names and permissions of only the tables in its definition."
  type        = map(object({ name = string, arn = string }))
}

variable "event_bus_name" {
  description = "Name of the bus with the events for its subscriptions."
  type        = string
}

variable "configuration" {
  description = "By the name of a function: its settings, and environment variables and permissions besides those for its tables; see the module function."
  type = map(object({
    settings = optional(object({
      runtime            = optional(string)
      log_retention_days = optional(number)
      tracing            = optional(bool)
      network            = optional(object({ subnet_ids = list(string), security_group_id = string, arns = list(string) }))
    }), {})
    environment_variables = optional(map(string), {})
    statements            = optional(list(object({ sid = string, actions = list(string), resources = list(string) })), [])
  }))
}

variable "reserved_concurrency" {
  description = "Highest number of events that a subscription handles at once, by its name; other subscriptions have no limit. See the module subscription."
  type        = map(number)
  default     = {}
}
