variable "environment" {
  description = "Name of the environment. All resource names end in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "api" {
  description = "The API to watch: its kind (`http` or `rest`), its id (HTTP) or name (REST), and its stage."
  type        = object({ kind = string, id = string, name = string, stage = string })

  validation {
    condition     = contains(["http", "rest"], var.api.kind)
    error_message = "kind must be `http` or `rest`."
  }
}

variable "function_names" {
  description = "The functions to watch, by their short names."
  type        = map(string)
}

variable "relay_function_name" {
  description = "The function that reads the streams; an alarm watches the age of their records."
  type        = string
}

variable "dead_letter_queue_names" {
  description = "The dead-letter queues to watch, by the name of their owner. One message causes an alarm."
  type        = map(string)
}

variable "alarms" {
  description = "Whether to create alarms (ten are free, further ones are paid), and the SNS topics that receive them."
  type        = object({ enabled = optional(bool, true), topic_arns = optional(list(string), []) })
  default     = {}

  validation {
    condition     = alltrue([for arn in var.alarms.topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", arn))])
    error_message = "topic_arns must be ARNs of SNS topics."
  }
}

variable "limits" {
  description = "Thresholds of the alarms: server errors in 5 minutes, 99th percentile of latency in milliseconds, function errors in 5 minutes, age of the oldest unread stream record in seconds."
  type = object({
    api_errors           = optional(number, 5)
    latency_milliseconds = optional(number, 3000)
    function_errors      = optional(number, 5)
    stream_age_seconds   = optional(number, 300)
  })
  default = {}

  validation {
    condition     = alltrue([for limit in values(var.limits) : limit > 0])
    error_message = "All thresholds must be above 0."
  }
}
