variable "name" {
  description = "Name of the subscription, such as ticket-counts."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,39}$", var.name))
    error_message = "The name has 1 to 40 lower-case letters, digits and dashes, and starts with a letter."
  }
}

variable "environment" {
  description = "Name of the environment. All resource names end in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "events" {
  description = "The event types of the subscription, such as ticket.created."
  type        = list(string)

  validation {
    condition     = length(var.events) > 0 && alltrue([for event in var.events : can(regex("^[a-z]+\\.[a-z_]+$", event))])
    error_message = "There must be at least one event type, each like ticket.created."
  }
}

variable "event_bus_name" {
  description = "Name of the event bus."
  type        = string
}

variable "definition" {
  description = "Definition of the function that reacts: its entry of `functions` in infra/generated/services.json."
  type = object({
    name            = string
    description     = string
    tables          = map(object({ items = list(string), indexes = optional(list(string), []) }))
    memoryMegabytes = number
    timeoutSeconds  = number
  })
}

variable "artifact" {
  description = "Path of the function's zip."
  type        = string
}

variable "tables" {
  description = "The tables that the definition uses, by their short names."
  type        = map(object({ name = string, arn = string }))
  default     = {}
}

variable "environment_variables" {
  description = "Environment variables besides the names of the tables and of the function."
  type        = map(string)
  default     = {}
}

variable "statements" {
  description = "Permissions besides tables and dead letters; see the module function."
  type        = list(object({ sid = string, actions = list(string), resources = list(string) }))
  default     = []
}

variable "function_settings" {
  description = "Settings of the function; see the module function."
  type = object({
    runtime            = optional(string)
    log_retention_days = optional(number)
    tracing            = optional(bool)
    network            = optional(object({ subnet_ids = list(string), security_group_id = string, arns = list(string) }))
  })
  default = {}
}

variable "reserved_concurrency" {
  description = "Highest number of events that the function handles at once; AWS then reserves the concurrency. -1 uses the account's unreserved concurrency."
  type        = number
  default     = -1

  validation {
    condition     = var.reserved_concurrency == -1 || (var.reserved_concurrency >= 1 && floor(var.reserved_concurrency) == var.reserved_concurrency)
    error_message = "The limit must be at least 1, or -1 for no limit. With 0 every event would become a dead letter."
  }
}
