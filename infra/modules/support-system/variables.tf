variable "environment" {
  description = "Name of the environment, such as dev. All resource names end in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "artifacts_folder" {
  description = "Folder with the zips that `npm run build` makes."
  type        = string

  validation {
    condition     = fileexists("${var.artifacts_folder}/relay.zip")
    error_message = "There are no zips in artifacts_folder. `npm run build` makes them in dist."
  }
}

variable "layout" {
  description = "`one-function`: one function for all HTTP routes, with the fewest cold starts. `per-service`: one function for each service, each with its own permissions."
  type        = string
  nullable    = false
  default     = "one-function"

  validation {
    condition     = contains(["one-function", "per-service"], var.layout)
    error_message = "layout must be `one-function` or `per-service`."
  }
}

variable "api" {
  description = "`http` is API Gateway's HTTP API; `rest` its REST API, which costs more and is slower, but has more features. Both throttle their stage."
  type        = string
  nullable    = false
  default     = "http"

  validation {
    condition     = contains(["http", "rest"], var.api)
    error_message = "api must be `http` or `rest`."
  }
}

variable "stage" {
  description = "Stage of the API. Default: $default for an HTTP API, the environment's name for a REST API. A named stage is the first segment of all paths, before /v1."
  type        = string
  default     = null

  validation {
    condition     = var.stage == null || can(regex("^(\\$default|[a-zA-Z0-9_]{1,64})$", var.stage))
    error_message = "stage must be $default or a name of letters, digits and underscores."
  }
}

variable "auth" {
  description = "`required`: callers must sign in. `open`: every caller is an admin; for tests only."
  type        = string
  nullable    = false
  default     = "required"

  validation {
    condition     = contains(["required", "open"], var.auth)
    error_message = "auth must be `required` or `open`."
  }
}

variable "sign_in" {
  description = "Callback addresses of the hosted login (`callback_urls`), the first part of its address (`domain_prefix`), and the roles that get accounts automatically (`accounts_for`); see the module identity. With `gateway_authorizer` API Gateway refuses requests without an access token of the pool before a function runs. API keys do not work then, and an HTTP API answers `{\"message\":\"Unauthorized\"}` instead of problem documents."
  type = object({
    callback_urls      = optional(list(string), ["http://localhost:3000/app/"])
    domain_prefix      = optional(string)
    accounts_for       = optional(list(string), ["agent", "admin"])
    gateway_authorizer = optional(bool, false)
  })
  nullable = false
  default  = {}

  validation {
    condition     = !(var.sign_in.gateway_authorizer && var.auth == "open")
    error_message = "Open mode has no user pool and no tokens: gateway_authorizer needs auth = \"required\"."
  }
  validation {
    condition     = length(var.sign_in.accounts_for) > 0 && length(setsubtract(var.sign_in.accounts_for, ["customer", "agent", "admin"])) == 0
    error_message = "accounts_for must have at least one role: customer, agent or admin."
  }
}

variable "rate_limit" {
  description = "Limits of requests a minute per caller, such as `reads=600 writes=300 key-reads=6000 key-writes=3000 sign-ins=10`, or `off`. Other limits keep the defaults of the code. Limits apply only if callers must sign in."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = can(regex("^(off|((reads|writes|key-reads|key-writes|sign-ins)=[0-9]{1,9} ?)*)$", var.rate_limit))
    error_message = "rate_limit must be empty, `off`, or limits such as `reads=600 writes=300`."
  }
}

variable "signing_secret" {
  description = "Place of the keys that sign cursors of lists. `table`: in the tables, without rotation. `secrets-manager`: in a secret, which `npm run curlew -- keys rotate-signing-key` rotates; it costs money while idle too."
  type        = string
  nullable    = false
  default     = "table"

  validation {
    condition     = contains(["table", "secrets-manager"], var.signing_secret)
    error_message = "signing_secret must be `table` or `secrets-manager`."
  }
}

variable "text_analysis" {
  description = "Analyser of texts: `comprehend`, which is paid per text, or `embedded`, the models in the functions. `classifier_endpoint_arn` is your own classifier; its endpoint costs money while idle too."
  type = object({
    provider                = optional(string, "comprehend")
    classifier_endpoint_arn = optional(string)
  })
  nullable = false
  default  = {}

  validation {
    condition     = contains(["comprehend", "embedded"], var.text_analysis.provider)
    error_message = "provider must be `comprehend` or `embedded`."
  }
  validation {
    condition     = var.text_analysis.classifier_endpoint_arn == null || can(regex("^arn:aws[a-z-]*:comprehend:[a-z0-9-]+:[0-9]{12}:document-classifier-endpoint/[A-Za-z0-9-]+$", var.text_analysis.classifier_endpoint_arn))
    error_message = "classifier_endpoint_arn must look like arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets."
  }
  validation {
    condition     = var.text_analysis.classifier_endpoint_arn == null || var.text_analysis.provider == "comprehend"
    error_message = "Only Comprehend uses a classifier: classifier_endpoint_arn needs provider = \"comprehend\"."
  }
}

variable "reserved_concurrency" {
  description = "Highest number of events that a subscription handles at once, such as `{ accounts = 2 }`; other subscriptions have no limit. AWS reserves the concurrency, so the account must have some to spare."
  type        = map(number)
  nullable    = false
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.reserved_concurrency), flatten([for service in local.code.services : keys(service.subscriptions)]))) == 0
    error_message = "A name is not a subscription; infra/generated/services.json lists the subscriptions."
  }
}

variable "table_settings" {
  description = "Settings of the tables; see the module table. Tables with an expiry never have point-in-time recovery."
  type = object({
    point_in_time_recovery = optional(bool, false)
    deletion_protection    = optional(bool, false)
    kms_key_arn            = optional(string)
  })
  nullable = false
  default  = {}
}

variable "function_settings" {
  description = "Settings of the functions: Lambda runtime, retention of logs in days, X-Ray tracing."
  type = object({
    runtime            = optional(string, "nodejs22.x")
    log_retention_days = optional(number, 14)
    tracing            = optional(bool, true)
  })
  nullable = false
  default  = {}
}

variable "network" {
  description = "Puts the functions into a separate VPC without internet access; null leaves them in Lambda's network. Its interface endpoint costs money while idle too."
  type = object({
    cidr_block         = optional(string)
    availability_zones = optional(list(string))
  })
  default = null
}

variable "alarms" {
  description = "Whether to create alarms, and the SNS topics that receive them."
  type        = object({ enabled = optional(bool, false), topic_arns = optional(list(string), []) })
  nullable    = false
  default     = {}
}
