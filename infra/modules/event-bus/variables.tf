variable "name" {
  description = "Name of the bus, such as support-events-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9._-]{1,256}$", var.name)) && var.name != "default"
    error_message = "The name has 1 to 256 letters, digits, dots, dashes and underscores, and is not `default`, which AWS reserves."
  }
}
