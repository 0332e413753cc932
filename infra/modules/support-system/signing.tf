# Keys of cursors that can be rotated, where they are asked for. Terraform makes the secret without a value, so that no
# key is in its state: infra/deploy/deploy puts the first one, `npm run curlew -- keys rotate-signing-key` the next.
resource "aws_secretsmanager_secret" "signing" {
  count = var.signing_secret == "secrets-manager" ? 1 : 0

  name                    = "support-signing-${var.environment}"
  description             = "Keys that sign the cursors of lists, newest first"
  recovery_window_in_days = var.table_settings.deletion_protection ? 30 : 0
}
