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
  region = var.region

  default_tags {
    tags = { Project = "curlew", Environment = "dev" }
  }
}

module "support_system" {
  source = "../../modules/support-system"

  environment      = "dev"
  artifacts_folder = var.artifacts_folder
  layout           = var.layout
  api              = var.api
  stage            = var.stage
  auth             = var.auth
  rate_limit       = var.rate_limit
  sign_in          = var.sign_in
  network          = var.network
  signing_secret   = var.signing_secret

  function_settings = { log_retention_days = var.log_retention_days }

  text_analysis        = var.text_analysis
  reserved_concurrency = var.reserved_concurrency
}
