module "pre_token" {
  source = "../function"

  name       = "support-pre-token-${var.environment}"
  definition = var.pre_token
  artifact   = "${var.artifacts_folder}/pre-token.zip"
  tables     = { users = var.users_table }
  settings   = var.function_settings
}

resource "aws_lambda_permission" "pool" {
  statement_id  = "PoolAsksBeforeTokens"
  action        = "lambda:InvokeFunction"
  function_name = module.pre_token.name
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = aws_cognito_user_pool.this.arn
}

# The accounts for sign-in. There is no self-registration: each account belongs to a user of an organization.
resource "aws_cognito_user_pool" "this" {
  name                     = "support-users-${var.environment}"
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"
  auto_verified_attributes = ["email"]
  mfa_configuration        = "OPTIONAL"

  # An email address may belong to users of several organizations, so it is no unique sign-in name.
  username_configuration {
    case_sensitive = false
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 10
    require_lowercase                = false
    require_numbers                  = false
    require_symbols                  = false
    require_uppercase                = false
    temporary_password_validity_days = 7
  }

  software_token_mfa_configuration {
    enabled = true
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  # The organization and the user of the account. The app client may not write these attributes.
  dynamic "schema" {
    for_each = toset(["organization", "user"])
    content {
      name                = schema.value
      attribute_data_type = "String"
      mutable             = false
      required            = false
      string_attribute_constraints {
        min_length = "1"
        max_length = "128"
      }
    }
  }

  lambda_config {
    pre_token_generation_config {
      lambda_arn     = module.pre_token.arn
      lambda_version = "V2_0"
    }
  }
}

resource "aws_cognito_user_group" "role" {
  for_each = toset(["customer", "agent", "admin"])

  name         = each.key
  user_pool_id = aws_cognito_user_pool.this.id
  description  = "Users with the role ${each.key}"
}

# A public client without a secret, for web pages and programs on users' machines: authorization code with PKCE.
resource "aws_cognito_user_pool_client" "console" {
  name         = "support-console-${var.environment}"
  user_pool_id = aws_cognito_user_pool.this.id

  generate_secret                      = false
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email", "profile"]
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = var.callback_urls
  logout_urls                          = var.callback_urls
  explicit_auth_flows                  = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]

  prevent_user_existence_errors = "ENABLED"
  enable_token_revocation       = true
  access_token_validity         = 10
  id_token_validity             = 10
  refresh_token_validity        = 14
  read_attributes               = ["email", "name", "custom:organization", "custom:user"]
  write_attributes              = ["name"]

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_domain" "hosted_login" {
  domain       = coalesce(var.domain_prefix, "support-${var.environment}-${data.aws_caller_identity.current.account_id}")
  user_pool_id = aws_cognito_user_pool.this.id
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
