variable "environment" {
  description = "Name of the environment, the end of all names, such as dev."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "An environment's name has 1 to 16 lower-case letters and digits, and starts with a letter."
  }
}

variable "artifacts_folder" {
  description = "Folder with the zips that `npm run build-zip` makes."
  type        = string

  validation {
    condition     = fileexists("${var.artifacts_folder}/relay.zip")
    error_message = "There are no zips in this folder. `npm run build-zip` makes them, in dist."
  }
}

variable "layout" {
  description = "`one-function` answers all HTTP routes with one function: fewest cold starts. `per-service` has a function for each service, each with its own permissions."
  type        = string
  nullable    = false
  default     = "one-function"

  validation {
    condition     = contains(["one-function", "per-service"], var.layout)
    error_message = "layout is `one-function` or `per-service`."
  }
}

variable "api" {
  description = "`http` is API Gateway's HTTP API; `rest` its REST API, dearer and slower, for what only it can do. Both throttle their stage."
  type        = string
  nullable    = false
  default     = "http"

  validation {
    condition     = contains(["http", "rest"], var.api)
    error_message = "api is `http` or `rest`."
  }
}

variable "stage" {
  description = "Stage of the API. An HTTP API is under $default unless a name is given; a REST API is under the environment's name. A name stands before /v1 in all paths."
  type        = string
  default     = null

  validation {
    condition     = var.stage == null || can(regex("^(\\$default|[a-zA-Z0-9_]{1,64})$", var.stage))
    error_message = "A stage is $default or a name of letters, digits and underscores."
  }
}

variable "auth" {
  description = "`required`: callers must sign in. `open`: everybody who can reach the API is an admin, for trying things out."
  type        = string
  nullable    = false
  default     = "required"

  validation {
    condition     = contains(["required", "open"], var.auth)
    error_message = "auth is `required` or `open`."
  }
}

variable "sign_in" {
  description = "Where the hosted login leads back to (`callback_urls`), the first part of its address (`domain_prefix`), and which roles get an account by themselves (`accounts_for`); see the module identity. With `gateway_authorizer` API Gateway itself refuses whoever brings no access token of the pool, before a function is called: API keys cannot be used then, and an HTTP API refuses in its own words, `{\"message\":\"Unauthorized\"}`, not with problem documents."
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
    error_message = "In open mode there is no user pool, so API Gateway has no tokens to ask for: gateway_authorizer needs auth = \"required\"."
  }
  validation {
    condition     = length(var.sign_in.accounts_for) > 0 && length(setsubtract(var.sign_in.accounts_for, ["customer", "agent", "admin"])) == 0
    error_message = "accounts_for is at least one role, each of them customer, agent or admin."
  }
}

variable "rate_limit" {
  description = "Requests a minute that a caller may make, such as `reads=600 writes=300 key-reads=6000 key-writes=3000 sign-ins=10`, or `off`. What is not named keeps the limits of the code; they hold where callers must sign in."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = can(regex("^(off|((reads|writes|key-reads|key-writes|sign-ins)=[0-9]{1,9} ?)*)$", var.rate_limit))
    error_message = "rate_limit is empty, `off`, or limits such as `reads=600 writes=300`."
  }
}

variable "signing_secret" {
  description = "Where the keys lie that sign cursors of lists. `table`: in the tables, for as long as those live. `secrets-manager`: in a secret, to be rotated by `npm run curlew -- keys rotate-signing-key`; it costs money also when idle."
  type        = string
  nullable    = false
  default     = "table"

  validation {
    condition     = contains(["table", "secrets-manager"], var.signing_secret)
    error_message = "signing_secret is `table` or `secrets-manager`."
  }
}

variable "text_analysis" {
  description = "Who reads texts: `comprehend`, Amazon's, which is paid by the text, or `embedded`, models in the functions themselves. `classifier_endpoint_arn` is a classifier of your own; its endpoint costs money also when idle."
  type = object({
    provider                = optional(string, "comprehend")
    classifier_endpoint_arn = optional(string)
  })
  nullable = false
  default  = {}

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

variable "reserved_concurrency" {
  description = "How many events a subscription works on at once, at most, such as `{ accounts = 2 }`; those that are not named have no limit. What is reserved is kept for it alone, so the account must have runs to spare."
  type        = map(number)
  nullable    = false
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.reserved_concurrency), flatten([for service in local.code.services : keys(service.subscriptions)]))) == 0
    error_message = "It names something that is no subscription; infra/generated/services.json has them."
  }
}

variable "table_settings" {
  description = "How the tables are kept; see the module table. What expires by itself is never kept for recovery."
  type = object({
    point_in_time_recovery = optional(bool, false)
    deletion_protection    = optional(bool, false)
    kms_key_arn            = optional(string)
  })
  nullable = false
  default  = {}
}

variable "function_settings" {
  description = "How the functions run: Lambda runtime, days that their logs are kept, X-Ray tracing."
  type = object({
    runtime            = optional(string, "nodejs22.x")
    log_retention_days = optional(number, 14)
    tracing            = optional(bool, true)
  })
  nullable = false
  default  = {}
}

variable "network" {
  description = "Puts the functions into a VPC of their own, without a way to the internet; null leaves them in Lambda's network. Its interface endpoint costs money also when idle."
  type = object({
    cidr_block         = optional(string)
    availability_zones = optional(list(string))
  })
  default = null
}

variable "alarms" {
  description = "Whether there are alarms, and the SNS topics that hear of them."
  type        = object({ enabled = optional(bool, false), topic_arns = optional(list(string), []) })
  nullable    = false
  default     = {}
}
