resource "aws_vpc_endpoint" "tables" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.name}.dynamodb"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private.id]
  tags              = { Name = "${var.name}-tables" }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTheseTables"
      Effect    = "Allow"
      Principal = "*"
      Action    = "dynamodb:*"
      Resource  = flatten([for arn in var.table_arns : [arn, "${arn}/index/*"]])
    }]
  })
}

resource "aws_vpc_endpoint" "events" {
  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.name}.events"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  tags                = { Name = "${var.name}-events" }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyThisBus"
      Effect    = "Allow"
      Principal = "*"
      Action    = "events:PutEvents"
      Resource  = var.event_bus_arn
    }]
  })
}

resource "aws_vpc_endpoint" "secrets" {
  count = length(var.secret_arns) > 0 ? 1 : 0

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.name}.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  tags                = { Name = "${var.name}-secrets" }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTheseSecrets"
      Effect    = "Allow"
      Principal = "*"
      Action    = "secretsmanager:GetSecretValue"
      Resource  = var.secret_arns
    }]
  })
}

# Gateway endpoints are free.
resource "aws_vpc_endpoint" "files" {
  count = length(var.bucket_arns) > 0 ? 1 : 0

  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.name}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private.id]
  tags              = { Name = "${var.name}-files" }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTheseBuckets"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
      Resource  = flatten([for arn in var.bucket_arns : [arn, "${arn}/*"]])
    }]
  })
}

resource "aws_vpc_endpoint" "comprehend" {
  count = var.comprehend ? 1 : 0

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.name}.comprehend"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  tags                = { Name = "${var.name}-comprehend" }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyReading"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["comprehend:Detect*", "comprehend:BatchDetect*", "comprehend:ClassifyDocument"]
      Resource  = "*"
    }]
  })
}
