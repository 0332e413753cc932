variable "name" {
  description = "Name of the network, such as support-dev."
  type        = string
}

variable "cidr_block" {
  description = "The network's addresses; its subnets take 16 equal parts of it, one for each zone."
  type        = string
  default     = "10.60.0.0/20"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr_block, 0)) && try(tonumber(split("/", var.cidr_block)[1]) >= 16 && tonumber(split("/", var.cidr_block)[1]) <= 22, false)
    error_message = "An IPv4 block between /16 and /22, such as 10.60.0.0/20: AWS takes no larger one, and a smaller one leaves the functions no room."
  }
}

variable "availability_zones" {
  description = "The zones with a private subnet, such as eu-central-1a; null takes the first two of the region. An interface endpoint costs per zone."
  type        = list(string)
  default     = null

  validation {
    condition     = var.availability_zones == null || try(length(distinct(var.availability_zones)) >= 2 && length(var.availability_zones) <= 6, false)
    error_message = "2 to 6 zones: with a single one, its failure is the service's."
  }
}

variable "table_arns" {
  description = "The tables that the DynamoDB endpoint leads to; it refuses all others, so that nothing can be carried out of the network by way of somebody else's table."
  type        = list(string)

  validation {
    condition     = length(var.table_arns) > 0
    error_message = "An endpoint that leads to no table is of no use."
  }
}

variable "event_bus_arn" {
  description = "The bus that the EventBridge endpoint leads to; it refuses all others."
  type        = string
}

variable "bucket_arns" {
  description = "The buckets that a gateway endpoint for S3 leads to; it refuses all others, and is made only where there are some."
  type        = list(string)
  default     = []
}

variable "comprehend" {
  description = "Whether there is an endpoint for Comprehend, which reads texts and does nothing else."
  type        = bool
  default     = false
}

variable "secret_arns" {
  description = "The secrets that an endpoint for Secrets Manager leads to; it refuses all others, and is made only where there are some."
  type        = list(string)
  default     = []
}
