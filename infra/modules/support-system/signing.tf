# Secret with the signing keys of cursors, if requested. Terraform creates it without a value, so that no key is in the
# state: infra/deploy/deploy adds the first key, `npm run curlew -- keys rotate-signing-key` each later one.
resource "aws_secretsmanager_secret" "signing" {
  count = var.signing_secret == "secrets-manager" ? 1 : 0

  name                    = "support-signing-${var.environment}"
  description             = "Keys that sign the cursors of lists, newest first"
  recovery_window_in_days = var.table_settings.deletion_protection ? 30 : 0
}
