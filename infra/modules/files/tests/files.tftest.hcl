mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::support-files-test-123456789012-eu-central-1" }
  }
}

variables {
  name = "support-files-test"
}

run "is_private_and_encrypted" {
  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.ignore_public_acls && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "The bucket must block public access."
  }
  assert {
    condition = jsondecode(aws_s3_bucket_policy.only_tls.policy).Statement == [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [output.arn, "${output.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "Requests without TLS must be denied."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Objects must be encrypted, with S3's own key by default."
  }
  assert {
    condition     = output.name == "support-files-test-123456789012-eu-central-1"
    error_message = "The name must contain the account and the region, which make it unique."
  }
}

run "keeps_old_versions_for_a_week" {
  assert {
    condition     = one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled" && one(one(aws_s3_bucket_lifecycle_configuration.this.rule).noncurrent_version_expiration).noncurrent_days == 7
    error_message = "Old versions must expire after a week."
  }
  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "A bucket with objects must not be deleted by mistake."
  }
}

run "encrypts_with_the_given_key" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/1" && one(aws_s3_bucket_server_side_encryption_configuration.this.rule).bucket_key_enabled
    error_message = "Objects must be encrypted with the given key."
  }
}

run "refuses_invalid_names_and_fractions_of_days" {
  command = plan
  variables {
    name              = "Support_files"
    old_versions_days = 0.5
  }
  expect_failures = [var.name, var.old_versions_days]
}
