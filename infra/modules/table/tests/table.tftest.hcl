mock_provider "aws" {}

variables {
  name = "support-tickets-test"
  definition = {
    indexes = [
      { name = "by-creation", partition = "o", sort = "id", include = ["listed"] },
      { name = "by-update", partition = "o", sort = "u", include = ["listed"] },
    ]
    stream = true
  }
}

run "has_the_keys_and_indexes_of_the_definition" {
  assert {
    condition     = aws_dynamodb_table.this.hash_key == "pk" && aws_dynamodb_table.this.range_key == "sk"
    error_message = "The keys must be pk and sk."
  }
  assert {
    condition     = toset([for attribute in aws_dynamodb_table.this.attribute : attribute.name]) == toset(["pk", "sk", "o", "id", "u"])
    error_message = "Every key must be declared once as an attribute."
  }
  assert {
    condition = toset([for index in aws_dynamodb_table.this.global_secondary_index : "${index.name}: ${index.hash_key}, ${index.range_key}, ${index.projection_type} ${join(" ", index.non_key_attributes)}"]) == toset([
      "by-creation: o, id, INCLUDE listed",
      "by-update: o, u, INCLUDE listed",
    ])
    error_message = "The indexes must be those of the definition, with its included attributes."
  }
}

run "costs_nothing_without_requests" {
  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
    error_message = "The table must be on demand."
  }
  assert {
    condition     = length(aws_dynamodb_table.this.server_side_encryption) == 0
    error_message = "Without a given key, the table must use DynamoDB's own, which is free."
  }
}

run "streams_new_images" {
  assert {
    condition     = aws_dynamodb_table.this.stream_enabled && aws_dynamodb_table.this.stream_view_type == "NEW_IMAGE"
    error_message = "The stream must contain new images."
  }
  assert {
    condition     = output.stream_arn != null
    error_message = "The output must be the stream's ARN."
  }
}

run "expires_without_a_stream" {
  variables {
    definition = { indexes = [], stream = false, expires = "expires" }
    settings   = { point_in_time_recovery = true }
  }

  assert {
    condition     = !aws_dynamodb_table.this.stream_enabled && output.stream_arn == null
    error_message = "A definition without a stream must make none."
  }
  assert {
    condition     = one(aws_dynamodb_table.this.ttl).attribute_name == "expires" && one(aws_dynamodb_table.this.ttl).enabled
    error_message = "Items must expire by the attribute of the definition."
  }
  assert {
    condition     = !one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "A table with expiring items must have no point-in-time recovery."
  }
}

run "is_protected_with_settings" {
  variables {
    settings = {
      point_in_time_recovery = true
      deletion_protection    = true
      kms_key_arn            = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    }
  }

  assert {
    condition     = aws_dynamodb_table.this.deletion_protection_enabled && one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "The table must be protected and restorable."
  }
  assert {
    condition     = one(aws_dynamodb_table.this.server_side_encryption).kms_key_arn == var.settings.kms_key_arn
    error_message = "The table must be encrypted with the given key."
  }
}

run "refuses_a_short_name_an_index_without_attributes_and_a_key_alias" {
  command = plan
  variables {
    name       = "t1"
    definition = { indexes = [{ name = "bare", partition = "o", sort = "id", include = [] }], stream = false }
    settings   = { kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/curlew" }
  }
  expect_failures = [var.name, var.definition, var.settings]
}

run "refuses_a_21st_index" {
  command = plan
  variables {
    definition = { indexes = [for i in range(21) : { name = "index-${i}", partition = "o", sort = "id", include = ["x"] }], stream = false }
  }
  expect_failures = [var.definition]
}
