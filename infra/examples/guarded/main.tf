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

data "aws_caller_identity" "current" {}

# Tables with point-in-time recovery, deletion protection and a customer-managed key, and alarms by mail.
module "support_system" {
  source = "../../modules/support-system"

  environment       = "guarded"
  artifacts_folder  = var.artifacts_folder
  layout            = "per-service"
  function_settings = { log_retention_days = 90 }
  alarms            = { enabled = true, topic_arns = [aws_sns_topic.alarms.arn] }

  table_settings = {
    point_in_time_recovery = true
    deletion_protection    = true
    kms_key_arn            = aws_kms_key.tables.arn
  }
}

resource "aws_kms_key" "tables" {
  description         = "Curlew's tables"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountManages"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        # The functions need no permission for the key: every principal of the account may use it through DynamoDB.
        Sid       = "TablesUse"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:CreateGrant"]
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = data.aws_caller_identity.current.account_id
            "kms:ViaService"    = "dynamodb.eu-central-1.amazonaws.com"
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "alarms" {
  name = "support-alarms-guarded"
}

variable "alarm_address" {
  description = "Address that receives alarms by mail. AWS sends it a confirmation request first."
  type        = string
  default     = "oncall@example.com"
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_address
}

output "api_invoke_url" {
  description = "URL of the API: append /v1/tickets."
  value       = module.support_system.api_invoke_url
}
