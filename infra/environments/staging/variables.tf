# No default, because in a wrong region Terraform finds no resource and drops the existing ones from its state.
variable "region" {
  description = "AWS region of the deployment, such as eu-central-1; TF_VAR_region sets it for a whole shell."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be an AWS region such as eu-central-1."
  }
}

variable "artifacts_folder" {
  description = "Folder with the zips that `npm run build` makes."
  type        = string
  default     = "../../../dist"
}

variable "layout" {
  description = "`one-function`: one function for all HTTP routes. `per-service`: one for each service."
  type        = string
  default     = "one-function"
}

variable "auth" {
  description = "Callers must sign in. Open mode is for dev only."
  type        = string
  default     = "required"

  validation {
    condition     = var.auth == "required"
    error_message = "In staging callers must sign in: auth is `required`. Open mode makes every caller an admin; it is for dev only."
  }
}

variable "log_retention_days" {
  description = "Retention of logs in days."
  type        = number
  default     = 14
}

variable "alarm_topic_arns" {
  description = "SNS topics that receive alarms. Without a topic, alarms are visible only in CloudWatch."
  type        = list(string)
  default     = []
}
