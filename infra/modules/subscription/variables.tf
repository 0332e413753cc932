variable "name" {
  description = "Name of the subscription, such as ticket-counts."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,39}$", var.name))
    error_message = "The name has 1 to 40 lower-case letters, digits and dashes, and starts with a letter."
  }
}

variable "environment" {
  description = "Name of the environment, the end of all names."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "events" {
  description = "The types of events that it listens to, such as ticket.created."
  type        = list(string)

  validation {
    condition     = length(var.events) > 0 && alltrue([for event in var.events : can(regex("^[a-z]+\\.[a-z_]+$", event))])
    error_message = "At least one event, each like ticket.created."
  }
}

variable "event_bus_name" {
  description = "Name of the bus that the events come from."
  type        = string
}

variable "definition" {
  description = "What the code says of the function that the queue feeds: its entry of infra/generated/functions.json."
  type = object({
    name            = string
    description     = string
    tables          = map(object({ items = list(string), indexes = optional(list(string), []) }))
    memoryMegabytes = number
    timeoutSeconds  = number
  })
}

variable "artifact" {
  description = "Path of that function's zip."
  type        = string
}

variable "tables" {
  description = "The tables that the definition names, by their short names."
  type        = map(object({ name = string, arn = string }))
  default     = {}
}

variable "environment_variables" {
  description = "What the function reads besides the names of its tables and its own."
  type        = map(string)
  default     = {}
}

variable "statements" {
  description = "What the function may do besides its tables and its queue; see the module function."
  type        = list(object({ sid = string, actions = list(string), resources = list(string) }))
  default     = []
}

variable "function_settings" {
  description = "How the function runs; see the module function."
  type = object({
    runtime            = optional(string)
    log_retention_days = optional(number)
    tracing            = optional(bool)
    network            = optional(object({ subnet_ids = list(string), security_group_id = string, arns = list(string) }))
  })
  default = {}
}

variable "batch_size" {
  description = "How many events the function gets at once, at most."
  type        = number
  default     = 10

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 10
    error_message = "A batch has 1 to 10 events; more would need a batching window."
  }
}

variable "maximum_concurrency" {
  description = "How many instances of the function work on the queue at once, at most."
  type        = number
  default     = 5

  validation {
    condition     = var.maximum_concurrency >= 2 && var.maximum_concurrency <= 1000
    error_message = "2 to 1000 at once: Lambda knows no less for a queue."
  }
}

variable "max_receive_count" {
  description = "After how many failed tries an event goes to the dead-letter queue."
  type        = number
  default     = 5

  validation {
    condition     = var.max_receive_count >= 2 && var.max_receive_count <= 1000
    error_message = "2 to 1000 tries: with a single one, a moment's failure is a dead letter."
  }
}
