locals {
  keys = toset(concat(["pk", "sk"], flatten([for index in var.definition.indexes : [index.partition, index.sort]])))
}

resource "aws_dynamodb_table" "this" {
  name                        = var.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = var.settings.deletion_protection
  stream_enabled              = var.definition.stream
  stream_view_type            = var.definition.stream ? "NEW_IMAGE" : null

  dynamic "attribute" {
    for_each = local.keys
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = { for index in var.definition.indexes : index.name => index }
    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.partition
      range_key          = global_secondary_index.value.sort
      projection_type    = "INCLUDE"
      non_key_attributes = global_secondary_index.value.include
    }
  }

  dynamic "ttl" {
    for_each = var.definition.expires[*]
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  # Items that expire need no backups.
  point_in_time_recovery {
    enabled = var.settings.point_in_time_recovery && var.definition.expires == null
  }

  # DynamoDB always encrypts tables. This block only replaces its own key with the given one.
  dynamic "server_side_encryption" {
    for_each = var.settings.kms_key_arn[*]
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }
}
