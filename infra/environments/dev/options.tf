# Printed by npm run generate from modules/support-system.

variable "api" {
  description = "`http` is API Gateway's HTTP API; `rest` its REST API, which costs more and is slower, but has more features. Both throttle their stage."
  type        = string
  default     = null
}

variable "stage" {
  description = "Stage of the API. Default: $default for an HTTP API, the environment's name for a REST API. A named stage is the first segment of all paths, before /v1."
  type        = string
  default     = null
}

variable "sign_in" {
  description = "Callback addresses of the hosted login (`callback_urls`), the first part of its address (`domain_prefix`), and the roles that get accounts automatically (`accounts_for`); see the module identity. With `gateway_authorizer` API Gateway refuses requests without an access token of the pool before a function runs. API keys do not work then, and an HTTP API answers `{\"message\":\"Unauthorized\"}` instead of problem documents."
  type        = object({ callback_urls = optional(list(string), ["http://localhost:3000/app/"]), domain_prefix = optional(string), accounts_for = optional(list(string), ["agent", "admin"]), gateway_authorizer = optional(bool, false) })
  default     = null
}

variable "rate_limit" {
  description = "Limits of requests a minute per caller, such as `reads=600 writes=300 key-reads=6000 key-writes=3000 sign-ins=10`, or `off`. Other limits keep the defaults of the code. Limits apply only if callers must sign in."
  type        = string
  default     = null
}

variable "signing_secret" {
  description = "Place of the keys that sign cursors of lists. `table`: in the tables, without rotation. `secrets-manager`: in a secret, which `npm run curlew -- keys rotate-signing-key` rotates; it costs money while idle too."
  type        = string
  default     = null
}

variable "text_analysis" {
  description = "Analyser of texts: `comprehend`, which is paid per text, or `embedded`, the models in the functions. `classifier_endpoint_arn` is your own classifier; its endpoint costs money while idle too."
  type        = object({ provider = optional(string, "comprehend"), classifier_endpoint_arn = optional(string) })
  default     = null
}

variable "reserved_concurrency" {
  description = "Highest number of events that a subscription handles at once, such as `{ accounts = 2 }`; other subscriptions have no limit. AWS reserves the concurrency, so the account must have some to spare."
  type        = map(number)
  default     = null
}

variable "network" {
  description = "Puts the functions into a separate VPC without internet access; null leaves them in Lambda's network. Its interface endpoint costs money while idle too."
  type        = object({ cidr_block = optional(string), availability_zones = optional(list(string)) })
  default     = null
}
