variable "name" {
  description = "Name of the network, such as support-dev."
  type        = string
}

variable "cidr_block" {
  description = "The network's address range; each zone's subnet has a sixteenth of it."
  type        = string
  default     = "10.60.0.0/20"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr_block, 0)) && try(tonumber(split("/", var.cidr_block)[1]) >= 16 && tonumber(split("/", var.cidr_block)[1]) <= 22, false)
    error_message = "An IPv4 block between /16 and /22, such as 10.60.0.0/20: AWS allows no larger one, and a smaller one has too few addresses for the functions."
  }
}

variable "availability_zones" {
  description = "The zones with a private subnet, such as eu-central-1a; null uses the first two of the region. An interface endpoint is paid per zone."
  type        = list(string)
  default     = null

  validation {
    condition     = var.availability_zones == null || try(length(distinct(var.availability_zones)) >= 2 && length(var.availability_zones) <= 6, false)
    error_message = "2 to 6 zones: with a single zone, a failure of the zone stops the service."
  }
}

variable "table_arns" {
  description = "The tables that the DynamoDB endpoint allows. It refuses all other tables, so that a function cannot copy data to a foreign table."
  type        = list(string)

  validation {
    condition     = length(var.table_arns) > 0
    error_message = "The endpoint needs at least one table."
  }
}

variable "event_bus_arn" {
  description = "The bus that the EventBridge endpoint allows; it refuses all others."
  type        = string
}

variable "bucket_arns" {
  description = "The buckets that the gateway endpoint for S3 allows; it refuses all others. An empty list creates no endpoint."
  type        = list(string)
  default     = []
}

variable "comprehend" {
  description = "Whether to create an endpoint for Comprehend, which allows only the analysis of texts."
  type        = bool
  default     = false
}

variable "secret_arns" {
  description = "The secrets that the endpoint for Secrets Manager allows; it refuses all others. An empty list creates no endpoint."
  type        = list(string)
  default     = []
}
