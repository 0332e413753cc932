variable "name" {
  description = "Beginning of the bucket's name, such as support-files-dev; account and region follow."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,33}$", var.name))
    error_message = "2 to 34 lower-case letters, digits and dashes: with account and region a bucket's name has 63 at most."
  }
}

variable "force_destroy" {
  description = "Whether the bucket goes with what is in it. Without it Terraform deletes an empty bucket only."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "A key of yours for the objects; null takes S3's own, which costs nothing."
  type        = string
  default     = null
}

variable "old_versions_days" {
  description = "For how many days what was overwritten can be had back."
  type        = number
  default     = 7

  validation {
    condition     = var.old_versions_days >= 1 && floor(var.old_versions_days) == var.old_versions_days
    error_message = "Whole days, at least one."
  }
}
