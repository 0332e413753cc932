variable "name" {
  description = "Name of the API, such as support-api-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.name))
    error_message = "The name has 1 to 128 letters, digits, dashes and underscores."
  }
}

variable "stage" {
  description = "$default (paths start with /v1), or a name such as dev (paths start with /dev/v1)."
  type        = string
  default     = "$default"

  validation {
    condition     = var.stage == "$default" || can(regex("^[a-zA-Z0-9_-]{1,128}$", var.stage))
    error_message = "A stage is $default or 1 to 128 letters, digits, dashes and underscores."
  }
}

variable "routes" {
  description = "Function of each path, for all methods: path to a key of `functions`."
  type        = map(string)

  validation {
    condition     = alltrue([for path in keys(var.routes) : startswith(path, "/")])
    error_message = "Paths start with a slash."
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
  description = "Makes API Gateway refuse requests without an access token of this issuer for this client, on all routes except the open paths. Requests with API keys are refused too. null leaves all checks to the functions."
  type        = object({ issuer = string, client_id = string, open_paths = set(string) })
  default     = null

  validation {
    condition     = var.authorizer == null ? true : startswith(var.authorizer.issuer, "https://")
    error_message = "The issuer must be an https URL."
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

variable "log_retention_days" {
  description = "Retention of the access log in days."
  type        = number
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or 1096 days, or 5 to 10 years."
  }
}
