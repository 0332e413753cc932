output "bucket_name" {
  description = "Name of the bucket that holds the Terraform states."
  value       = aws_s3_bucket.state.bucket
}

output "lock_table_name" {
  description = "Name of the lock table for Terraform before 1.10; null if it does not exist."
  value       = one(aws_dynamodb_table.locks[*].name)
}

output "backend_configuration" {
  description = "Content of backend.hcl for the environments."
  value       = "bucket = \"${aws_s3_bucket.state.bucket}\"\nregion = \"${var.region}\"\n"
}
