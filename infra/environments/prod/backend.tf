# The bucket's name is yours, and a backend takes no variables: terraform init -backend-config=backend.hcl
terraform {
  backend "s3" {
    key          = "prod/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
