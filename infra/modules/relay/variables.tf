variable "environment" {
  description = "Name of the environment. All resource names end in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "definition" {
  description = "Definition of the relay: its entry of `functions` in infra/generated/services.json."
  type = object({
    name            = string
    description     = string
    tables          = map(object({ items = list(string), indexes = optional(list(string), []) }))
    memoryMegabytes = number
    timeoutSeconds  = number
  })
}

variable "artifact" {
  description = "Path of the relay's zip."
  type        = string
}

variable "stream_arns" {
  description = "The streams that the relay reads, by the short names of their tables."
  type        = map(string)

  validation {
    condition     = length(var.stream_arns) > 0
    error_message = "There must be at least one stream."
  }
}

variable "event_bus" {
  description = "The bus that receives the events."
  type        = object({ name = string, arn = string })
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

variable "batch_size" {
  description = "Highest number of stream records per call of the relay. EventBridge accepts 10 events per call."
  type        = number
  default     = 100

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 1000
    error_message = "A batch must have 1 to 1000 records."
  }
}
