mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::curlew-state-123456789012" }
  }
}

variables {
  region = "eu-central-1"
}

# Applying would leave the test with a bucket that must not be destroyed.
run "keeps_the_state_safe" {
  command = plan

  assert {
    condition     = aws_s3_bucket.state.bucket == "curlew-state-123456789012" && aws_dynamodb_table.locks[0].name == "curlew-state-locks" && aws_dynamodb_table.locks[0].hash_key == "LockID"
    error_message = "The bucket and the lock table have their names."
  }
  assert {
    condition     = one(aws_s3_bucket_versioning.state.versioning_configuration).status == "Enabled"
    error_message = "The bucket must keep versions, so that an earlier state can be restored."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The state is encrypted."
  }
  assert {
    condition     = alltrue([aws_s3_bucket_public_access_block.state.block_public_acls, aws_s3_bucket_public_access_block.state.block_public_policy, aws_s3_bucket_public_access_block.state.ignore_public_acls, aws_s3_bucket_public_access_block.state.restrict_public_buckets])
    error_message = "The bucket must block public access."
  }
  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.state.rule).noncurrent_version_expiration).noncurrent_days == 90
    error_message = "Old versions of the state must expire after 90 days."
  }
}

run "accepts_tls_only" {
  command = plan

  override_resource {
    target          = aws_s3_bucket.state
    override_during = plan
    values          = { arn = "arn:aws:s3:::curlew-state-123456789012" }
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.only_tls.policy).Statement == [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::curlew-state-123456789012", "arn:aws:s3:::curlew-state-123456789012/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "Requests without TLS must be denied."
  }
}

run "makes_no_lock_table_by_default" {
  command = plan
  variables {
    lock_table_name = null
    bucket_name     = "acme-curlew"
  }
  assert {
    condition     = output.lock_table_name == null && output.bucket_name == "acme-curlew" && output.backend_configuration == "bucket = \"acme-curlew\"\nregion = \"eu-central-1\"\n"
    error_message = "The bucket has the given name, and there is no lock table."
  }
}

run "refuses_wrong_names_and_a_retention_of_zero_days" {
  command = plan
  variables {
    region           = "Frankfurt"
    bucket_name      = "Curlew"
    lock_table_name  = "l"
    old_version_days = 0
  }
  expect_failures = [var.region, var.bucket_name, var.lock_table_name, var.old_version_days]
}
