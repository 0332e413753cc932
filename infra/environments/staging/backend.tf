# A backend takes no variables, so the bucket's name comes from a file: terraform init -backend-config=backend.hcl
terraform {
  backend "s3" {
    key          = "staging/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
