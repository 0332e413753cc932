variable "environment" {
  description = "Name of the environment, the end of all names."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "deploy_function" {
  description = "Whether the service has its own function for HTTP; without it, one function answers for all services."
  type        = bool
  default     = true
}

variable "artifacts_folder" {
  description = "Folder with the zips, one for each function."
  type        = string
}

variable "other_tables" {
  description = "The tables of other services that the function reads or writes, by their short names."
  type        = map(object({ name = string, arn = string }))
  default     = {}
}

variable "table_settings" {
  description = "How the table is kept; see the module table."
  type = object({
    point_in_time_recovery = optional(bool)
    deletion_protection    = optional(bool)
    kms_key_arn            = optional(string)
  })
  default = {}
}

variable "function_settings" {
  description = "How the functions run; see the module function."
  type = object({
    runtime            = optional(string)
    log_retention_days = optional(number)
    tracing            = optional(bool)
    network            = optional(object({ subnet_ids = list(string), security_group_id = string, arns = list(string) }))
  })
  default = {}
}

variable "http_settings" {
  description = "What the HTTP function reads besides its tables, and may do besides them: support-system makes it once for all services."
  type = object({
    environment_variables = optional(map(string), {})
    statements            = optional(list(object({ sid = string, actions = list(string), resources = list(string) })), [])
  })
  default = {}
}

variable "event_bus_name" {
  description = "Name of the bus that its subscriptions listen to."
  type        = string
}

variable "reserved_concurrency" {
  description = "How many events a subscription works on at once, at most, by its name; those that are not named have no limit. See the module subscription."
  type        = map(number)
  default     = {}
}
