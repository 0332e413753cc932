variable "environment" {
  description = "Name of the environment. All resource names end in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "pre_token" {
  description = "Definition of the function that Cognito calls before it issues tokens: its entry of `functions` in infra/generated/services.json."
  type = object({
    name            = string
    description     = string
    tables          = map(object({ items = list(string), indexes = optional(list(string), []) }))
    memoryMegabytes = number
    timeoutSeconds  = number
  })
}

variable "artifacts_folder" {
  description = "Folder with one zip for each function."
  type        = string
}

variable "users_table" {
  description = "The table of users, for the lookup of the user before a token is issued."
  type        = object({ name = string, arn = string })
}

variable "callback_urls" {
  description = "Callback addresses of the hosted login: https addresses, or http://localhost for tests."
  type        = list(string)
  default     = ["http://localhost:3000/app/"]

  validation {
    condition     = length(var.callback_urls) > 0 && alltrue([for url in var.callback_urls : can(regex("^(https://|http://localhost[:/])", url))])
    error_message = "There must be at least one URL, each with https or of localhost."
  }
}

variable "domain_prefix" {
  description = "The first part of the hosted login's address, unique in the region; null builds it from environment and account."
  type        = string
  default     = null

  validation {
    condition     = var.domain_prefix == null || can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.domain_prefix))
    error_message = "The prefix must have 1 to 63 lower-case letters, digits and dashes."
  }
}

variable "deletion_protection" {
  description = "Whether the pool is protected against deletion."
  type        = bool
  default     = false
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
