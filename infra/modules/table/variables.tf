variable "name" {
  description = "Name of the table, such as support-tickets-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,255}$", var.name))
    error_message = "DynamoDB takes names of 3 to 255 letters, digits, dots, dashes and underscores."
  }
}

variable "definition" {
  description = "Definition of the table: one entry of `tables` in infra/generated/services.json. Keys are always pk and sk, and all keys are strings."
  type = object({
    indexes = list(object({ name = string, partition = string, sort = string, include = list(string) }))
    stream  = bool
    expires = optional(string)
  })

  validation {
    condition     = length(var.definition.indexes) <= 20
    error_message = "A table has at most 20 global secondary indexes."
  }
  validation {
    condition     = alltrue([for index in var.definition.indexes : length(index.include) > 0])
    error_message = "An index includes at least one attribute besides its keys."
  }
}

variable "settings" {
  description = "Point-in-time recovery for 35 days (never for tables with an expiry), deletion protection, and your own encryption key. Without a key, AWS's own key encrypts, free of charge. The policy of your key must allow DynamoDB to use it for the account's principals (kms:ViaService)."
  type = object({
    point_in_time_recovery = optional(bool, false)
    deletion_protection    = optional(bool, false)
    kms_key_arn            = optional(string)
  })
  default = {}

  validation {
    condition     = var.settings.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.settings.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>; an alias is refused."
  }
}
