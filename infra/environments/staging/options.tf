# Printed by npm run generate from modules/support-system.

variable "api" {
  description = "`http` is API Gateway's HTTP API; `rest` its REST API, dearer and slower, for what only it can do. Both throttle their stage."
  type        = string
  default     = null
}

variable "stage" {
  description = "Stage of the API. An HTTP API is under $default unless a name is given; a REST API is under the environment's name. A name stands before /v1 in all paths."
  type        = string
  default     = null
}

variable "sign_in" {
  description = "Where the hosted login leads back to (`callback_urls`), the first part of its address (`domain_prefix`), and which roles get an account by themselves (`accounts_for`); see the module identity. With `gateway_authorizer` API Gateway itself refuses whoever brings no access token of the pool, before a function is called: API keys cannot be used then, and an HTTP API refuses in its own words, `{\"message\":\"Unauthorized\"}`, not with problem documents."
  type        = object({ callback_urls = optional(list(string), ["http://localhost:3000/app/"]), domain_prefix = optional(string), accounts_for = optional(list(string), ["agent", "admin"]), gateway_authorizer = optional(bool, false) })
  default     = null
}

variable "rate_limit" {
  description = "Requests a minute that a caller may make, such as `reads=600 writes=300 key-reads=6000 key-writes=3000 sign-ins=10`, or `off`. What is not named keeps the limits of the code; they hold where callers must sign in."
  type        = string
  default     = null
}

variable "signing_secret" {
  description = "Where the keys lie that sign cursors of lists. `table`: in the tables, for as long as those live. `secrets-manager`: in a secret, to be rotated by `npm run curlew -- keys rotate-signing-key`; it costs money also when idle."
  type        = string
  default     = null
}

variable "text_analysis" {
  description = "Who reads texts: `comprehend`, Amazon's, which is paid by the text, or `embedded`, models in the functions themselves. `classifier_endpoint_arn` is a classifier of your own; its endpoint costs money also when idle."
  type        = object({ provider = optional(string, "comprehend"), classifier_endpoint_arn = optional(string) })
  default     = null
}

variable "reserved_concurrency" {
  description = "How many events a subscription works on at once, at most, such as `{ accounts = 2 }`; those that are not named have no limit. What is reserved is kept for it alone, so the account must have runs to spare."
  type        = map(number)
  default     = null
}

variable "network" {
  description = "Puts the functions into a VPC of their own, without a way to the internet; null leaves them in Lambda's network. Its interface endpoint costs money also when idle."
  type        = object({ cidr_block = optional(string), availability_zones = optional(list(string)) })
  default     = null
}
