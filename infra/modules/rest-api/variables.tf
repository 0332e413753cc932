variable "name" {
  description = "Name of the API, such as support-api-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.name))
    error_message = "The name has 1 to 128 letters, digits, dashes and underscores."
  }
}

variable "stage" {
  description = "Name of the stage, such as dev: paths start with /dev/v1."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_]{1,128}$", var.stage))
    error_message = "A REST API's stage has 1 to 128 letters, digits and underscores; it has no $default."
  }
}

variable "routes" {
  description = "Function of each path, for all methods: path to a key of `functions`."
  type        = map(string)

  validation {
    condition     = alltrue([for path in keys(var.routes) : startswith(path, "/") && length(split("/", path)) <= 7])
    error_message = "Paths start with a slash and have at most 6 segments."
  }
  validation {
    condition     = length(setsubtract(values(var.routes), keys(var.functions))) == 0
    error_message = "The value of every route must be a key of functions."
  }
}

variable "functions" {
  description = "The functions that the API calls."
  type        = map(object({ name = string, invoke_arn = string }))
}

variable "default_function" {
  description = "Key of the function for requests without a route, so that a wrong path gets a problem document too."
  type        = string

  validation {
    condition     = contains(keys(var.functions), var.default_function)
    error_message = "The default function must be a key of functions."
  }
}

variable "authorizer" {
  description = "Makes API Gateway refuse requests without an access token of this user pool, on all routes except the open paths. Requests with Curlew's API keys are refused too. null leaves all checks to the functions."
  type        = object({ user_pool_arn = string, open_paths = set(string) })
  default     = null

  validation {
    condition     = var.authorizer == null ? true : can(regex("^arn:[a-z-]+:cognito-idp:", var.authorizer.user_pool_arn))
    error_message = "user_pool_arn must be the ARN of a Cognito user pool."
  }
  validation {
    condition     = var.authorizer == null ? true : length(setsubtract(var.authorizer.open_paths, keys(var.routes))) == 0
    error_message = "Open paths are paths of `routes`; paths without a route are always open."
  }
}

variable "throttle" {
  description = "Requests a second that the stage accepts, and the burst; further requests get 429."
  type        = object({ rate = number, burst = number })
  default     = { rate = 200, burst = 400 }

  validation {
    condition     = var.throttle.rate > 0 && var.throttle.burst > 0
    error_message = "Rate and burst are above 0; otherwise the stage would accept no requests."
  }
}

variable "usage_plan" {
  description = "Limits of each API key of the usage plan: requests a day, requests a second, and burst. They apply only with `api_key_required`. This module creates no keys."
  type        = object({ daily_quota = number, rate = number, burst = number })
  default     = { daily_quota = 100000, rate = 50, burst = 100 }

  validation {
    condition     = var.usage_plan.daily_quota > 0 && var.usage_plan.rate > 0 && var.usage_plan.burst > 0
    error_message = "quota, rate and burst must be above 0."
  }
}

variable "api_key_required" {
  description = "Whether API Gateway refuses requests without a key of the usage plan, and applies the plan's limits. Curlew's own sign-in works in both cases."
  type        = bool
  default     = false
}

variable "tracing" {
  description = "Whether X-Ray traces requests, starting at the API."
  type        = bool
  default     = true
}
