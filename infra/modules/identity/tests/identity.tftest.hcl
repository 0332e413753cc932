mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-pre-token-test" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-pre-token-test" }
  }
  mock_resource "aws_cognito_user_pool" {
    defaults = { arn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abc", id = "eu-central-1_abc" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
}

variables {
  environment      = "test"
  pre_token        = jsondecode(file("../../generated/services.json")).functions.pre-token
  artifacts_folder = "../function/tests/artifacts"
  users_table      = { name = "support-users-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-users-test" }
}

run "forbids_self_registration" {
  assert {
    condition     = aws_cognito_user_pool.this.admin_create_user_config[0].allow_admin_create_user_only
    error_message = "Only administrators may create accounts."
  }
  assert {
    condition     = length(setintersection(aws_cognito_user_pool_client.console.write_attributes, ["custom:organization", "custom:user"])) == 0
    error_message = "The app client must not write the attributes that identify the account's user."
  }
}

run "calls_the_pre_token_function" {
  assert {
    condition     = aws_cognito_user_pool.this.lambda_config[0].pre_token_generation_config[0].lambda_version == "V2_0" && aws_cognito_user_pool.this.lambda_config[0].pre_token_generation_config[0].lambda_arn == output.pre_token_function.arn
    error_message = "The trigger must have version 2, the first that can add claims to access tokens."
  }
  assert {
    condition     = aws_lambda_permission.pool.principal == "cognito-idp.amazonaws.com" && aws_lambda_permission.pool.source_arn == aws_cognito_user_pool.this.arn
    error_message = "Only this pool may call the function."
  }
}

run "has_a_client_for_the_hosted_login_with_pkce" {
  assert {
    condition     = aws_cognito_user_pool_client.console.generate_secret == false && aws_cognito_user_pool_client.console.allowed_oauth_flows == toset(["code"])
    error_message = "The client must be public and allow the authorization code flow only, so that no URL ever contains a token."
  }
  assert {
    condition     = aws_cognito_user_pool_client.console.access_token_validity == 10 && aws_cognito_user_pool_client.console.prevent_user_existence_errors == "ENABLED"
    error_message = "Access tokens must live ten minutes, and errors must not reveal whether an account exists."
  }
  assert {
    condition     = output.hosted_login_url == "https://support-test-123456789012.auth.eu-central-1.amazoncognito.com" && output.issuer == "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc"
    error_message = "Issuer and hosted login must have Cognito's URLs."
  }
}

run "has_a_group_for_each_role" {
  assert {
    condition     = toset(keys(aws_cognito_user_group.role)) == toset(["customer", "agent", "admin"])
    error_message = "There must be one group for each role."
  }
}

run "refuses_plain_http" {
  command = plan
  variables {
    callback_urls = ["http://desk.example.com/app/"]
  }
  expect_failures = [var.callback_urls]
}

run "refuses_an_invalid_prefix" {
  command = plan
  variables {
    domain_prefix = "Desk!"
  }
  expect_failures = [var.domain_prefix]
}
