terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "artifacts_folder" {
  description = "Folder with the zips that `npm run build` makes."
  type        = string
  default     = "../../../dist"
}

# An HTTP API and one function for all routes. Without requests it costs a few cents a month.
module "support_system" {
  source = "../../modules/support-system"

  environment      = "small"
  artifacts_folder = var.artifacts_folder
}

output "api_invoke_url" {
  description = "URL of the API: append /v1/tickets."
  value       = module.support_system.api_invoke_url
}
