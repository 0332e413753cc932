# Without a default: in another region Terraform would find nothing, and forget in its state what it made.
variable "region" {
  description = "AWS region that everything is in, such as eu-central-1; TF_VAR_region sets it for a whole shell."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region looks like eu-central-1."
  }
}

variable "artifacts_folder" {
  description = "Folder with the zips that `npm run build-zip` makes."
  type        = string
  default     = "../../../dist"
}

variable "layout" {
  description = "`one-function`: one function for all HTTP routes. `per-service`: one for each service."
  type        = string
  default     = "per-service"
}

variable "api" {
  description = "`http`: API Gateway's HTTP API. `rest`: its REST API."
  type        = string
  default     = "http"
}

variable "stage" {
  description = "Stage of the API. Unless set, an HTTP API is under $default, a REST API under the environment's name."
  type        = string
  default     = null
}

variable "auth" {
  description = "Callers must sign in. Open mode is for dev only."
  type        = string
  default     = "required"

  validation {
    condition     = var.auth == "required"
    error_message = "In prod callers must sign in: auth is `required`. Open mode makes everybody an admin; it is for dev only."
  }
}

variable "log_retention_days" {
  description = "For how many days logs are kept."
  type        = number
  default     = 90
}

variable "network" {
  description = "Puts the functions into a VPC of their own; {} takes its defaults, null does without. It costs money also when idle."
  type        = object({ cidr_block = optional(string), availability_zones = optional(list(string)) })
  default     = null
}

variable "alarm_topic_arns" {
  description = "SNS topics that hear of alarms. Without one, alarms only show in CloudWatch."
  type        = list(string)
  default     = []
}

variable "kms_key_arn" {
  description = "Key that encrypts the tables; null leaves them to AWS's own, which is free. Its policy must let DynamoDB use it for the account's principals (kms:ViaService)."
  type        = string
  default     = null
}

variable "signing_secret" {
  description = "Where the keys lie that sign cursors: `table`, or `secrets-manager`, where they can be rotated, and which costs money also when idle; see the module support-system."
  type        = string
  default     = "table"
}

variable "rate_limit" {
  description = "Requests a minute that a caller may make, such as `reads=600 writes=300`, or `off`; see the module support-system."
  type        = string
  default     = ""
}

variable "sign_in" {
  description = "Where the hosted login leads back to (`callback_urls`), the first part of its address (`domain_prefix`), which roles get an account by themselves (`accounts_for`), and whether API Gateway itself asks for access tokens, so that API keys cannot be used (`gateway_authorizer`); see the module identity."
  type = object({
    callback_urls = optional(list(string))
    domain_prefix = optional(string)
    accounts_for  = optional(list(string))

    gateway_authorizer = optional(bool, false)
  })
  default = {}
}

variable "text_analysis" {
  description = "Who reads texts: `comprehend`, Amazon's, which is paid by the text, or `embedded`, models in the functions themselves. `classifier_endpoint_arn` is a classifier of your own; its endpoint costs money also when idle. See the module support-system."
  type = object({
    provider                = optional(string, "comprehend")
    classifier_endpoint_arn = optional(string)
  })
  default = {}
}

variable "reserved_concurrency" {
  description = "How many events a subscription works on at once, at most, such as `{ accounts = 2 }`; see the module support-system."
  type        = map(number)
  default     = {}
}
