variable "name" {
  description = "Start of the bucket's name, such as support-files-dev; account and region follow."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,33}$", var.name))
    error_message = "The prefix has 2 to 34 lower-case letters, digits and dashes: with account and region, a bucket name has at most 63 characters."
  }
}

variable "force_destroy" {
  description = "Whether Terraform may delete the bucket with its objects. By default it deletes only an empty bucket."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "Your own encryption key for the objects; null uses S3's own key, which is free."
  type        = string
  default     = null
}

variable "old_versions_days" {
  description = "Number of days for which overwritten objects can be restored."
  type        = number
  default     = 7

  validation {
    condition     = var.old_versions_days >= 1 && floor(var.old_versions_days) == var.old_versions_days
    error_message = "The retention must be a whole number of days, at least 1."
  }
}
