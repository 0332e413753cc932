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

# A REST API and one function per service, all in private subnets without internet access.
# The interface endpoint for events costs money also when idle.
module "support_system" {
  source = "../../modules/support-system"

  environment      = "private"
  artifacts_folder = var.artifacts_folder
  api              = "rest"
  layout           = "per-service"
  network          = { cidr_block = "10.61.0.0/20", availability_zones = ["eu-central-1a", "eu-central-1b"] }
}

output "api_invoke_url" {
  description = "URL of the API: append /v1/tickets."
  value       = module.support_system.api_invoke_url
}
