variable "environment" {
  description = "Name of the environment, the end of all names."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "artifacts_folder" {
  description = "Folder with the zips, one for each function."
  type        = string
}

variable "tables" {
  description = "The tables that its functions read and write, by their short names: tickets, and users, where organizations are."
  type        = map(object({ name = string, arn = string }))
}

variable "event_bus_name" {
  description = "Name of the bus that its subscriptions listen to."
  type        = string
}

variable "text_analysis" {
  description = "Who reads texts: `comprehend`, Amazon's, which is paid by the text, or `embedded`, models in the functions themselves. With `comprehend`, the endpoint of a classifier of your own may say the category; an endpoint costs money also when idle."
  type = object({
    provider                = optional(string, "comprehend")
    classifier_endpoint_arn = optional(string)
  })
  default = {}

  validation {
    condition     = contains(["comprehend", "embedded"], var.text_analysis.provider)
    error_message = "The provider is `comprehend` or `embedded`."
  }
  validation {
    condition     = var.text_analysis.classifier_endpoint_arn == null || can(regex("^arn:aws[a-z-]*:comprehend:[a-z0-9-]+:[0-9]{12}:document-classifier-endpoint/[A-Za-z0-9-]+$", var.text_analysis.classifier_endpoint_arn))
    error_message = "A classifier's endpoint looks like arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets."
  }
  validation {
    condition     = var.text_analysis.classifier_endpoint_arn == null || var.text_analysis.provider == "comprehend"
    error_message = "Only Comprehend asks a classifier: classifier_endpoint_arn needs provider = \"comprehend\"."
  }
}

variable "files_settings" {
  description = "How the bucket of what was taught is kept: whether it goes with what is in it, and a key of yours; see the module files."
  type        = object({ force_destroy = optional(bool, false), kms_key_arn = optional(string) })
  default     = {}
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

variable "reserved_concurrency" {
  description = "How many events a subscription works on at once, at most, by its name; those that are not named have no limit. See the module subscription."
  type        = map(number)
  default     = {}
}
