variable "region" {
  description = "AWS region of the state bucket, such as eu-central-1. TF_VAR_region sets it for a whole shell."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be an AWS region such as eu-central-1."
  }
}

variable "bucket_name" {
  description = "Name of the bucket, unique in all of AWS; null builds it from `curlew-state-` and the account's number."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and dashes, and starts and ends with a letter or digit."
  }
}

variable "lock_table_name" {
  description = "Name of the lock table for Terraform before 1.10; null creates none. The environments here lock with a file in the bucket."
  type        = string
  default     = "curlew-state-locks"

  validation {
    condition     = var.lock_table_name == null || can(regex("^[a-zA-Z0-9_.-]{3,255}$", var.lock_table_name))
    error_message = "DynamoDB takes names of 3 to 255 letters, digits, dots, dashes and underscores."
  }
}

variable "old_version_days" {
  description = "Number of days for which an overwritten state is kept."
  type        = number
  default     = 90

  validation {
    condition     = var.old_version_days >= 1
    error_message = "At least a day: a broken state is restored from its previous version."
  }
}
