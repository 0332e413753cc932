mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_security_group" {
    defaults = { arn = "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-1" }
  }
  mock_resource "aws_subnet" {
    defaults = { arn = "arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-1" }
  }
}

variables {
  name          = "support-test"
  table_arns    = ["arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test"]
  event_bus_arn = "arn:aws:events:eu-central-1:123456789012:event-bus/support-events-test"
}

run "has_private_subnets_in_two_zones" {
  assert {
    condition = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == {
      eu-central-1a = "10.60.0.0/24"
      eu-central-1b = "10.60.1.0/24"
    }
    error_message = "Each of the first two zones must have a subnet."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.map_public_ip_on_launch != true])
    error_message = "No network interface may get a public address."
  }
}

run "allows_the_given_tables_and_bus_only" {
  assert {
    condition = jsondecode(aws_vpc_endpoint.tables.policy).Statement[0].Resource == [
      "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test",
      "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test/index/*",
    ] && aws_vpc_endpoint.tables.vpc_endpoint_type == "Gateway"
    error_message = "The gateway endpoint must allow only the given tables and their indexes."
  }
  assert {
    condition     = jsondecode(aws_vpc_endpoint.events.policy).Statement[0].Resource == var.event_bus_arn && jsondecode(aws_vpc_endpoint.events.policy).Statement[0].Action == "events:PutEvents"
    error_message = "The interface endpoint must allow only events for the given bus."
  }
  assert {
    condition     = aws_vpc_endpoint.events.vpc_endpoint_type == "Interface" && aws_vpc_endpoint.events.private_dns_enabled
    error_message = "EventBridge must have its public host name inside the network."
  }
  assert {
    condition = alltrue([
      for rule in [aws_vpc_security_group_egress_rule.to_tables, aws_vpc_security_group_egress_rule.to_endpoints, aws_vpc_security_group_ingress_rule.from_functions] :
      rule.from_port == 443 && rule.to_port == 443 && rule.cidr_ipv4 == null
    ])
    error_message = "Security groups must allow only TLS between functions and endpoints."
  }
}

run "has_no_endpoint_for_secrets_by_default" {
  assert {
    condition     = length(aws_vpc_endpoint.secrets) == 0
    error_message = "There must be no unused interface endpoint, because each costs money every hour."
  }
}

run "allows_the_given_secrets_only" {
  variables {
    secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:support-signing-test-a1b2c3"]
  }
  assert {
    condition     = tolist(jsondecode(aws_vpc_endpoint.secrets[0].policy).Statement[0].Resource) == var.secret_arns && jsondecode(aws_vpc_endpoint.secrets[0].policy).Statement[0].Action == "secretsmanager:GetSecretValue"
    error_message = "The interface endpoint must allow only reading the given secrets."
  }
  assert {
    condition     = aws_vpc_endpoint.secrets[0].vpc_endpoint_type == "Interface" && aws_vpc_endpoint.secrets[0].private_dns_enabled && aws_vpc_endpoint.secrets[0].security_group_ids == toset([aws_security_group.endpoints.id])
    error_message = "Secrets Manager must have its public host name inside the network, and only functions may reach the endpoint."
  }
}

run "has_no_endpoint_for_s3_and_comprehend_by_default" {
  assert {
    condition     = length(aws_vpc_endpoint.files) == 0 && output.comprehend_endpoint == null
    error_message = "There must be no unused endpoint."
  }
}

run "allows_the_given_buckets_and_comprehend" {
  variables {
    bucket_arns = ["arn:aws:s3:::support-files-test"]
    comprehend  = true
  }
  assert {
    condition     = jsondecode(aws_vpc_endpoint.files[0].policy).Statement[0].Resource == ["arn:aws:s3:::support-files-test", "arn:aws:s3:::support-files-test/*"] && aws_vpc_endpoint.files[0].vpc_endpoint_type == "Gateway"
    error_message = "The gateway endpoint must allow only the given bucket and its objects."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.to_files[0].from_port == 443 && aws_vpc_security_group_egress_rule.to_files[0].cidr_ipv4 == null
    error_message = "The security group must allow only TLS to the endpoint."
  }
  assert {
    condition     = output.comprehend_endpoint == "com.amazonaws.eu-central-1.comprehend" && jsondecode(aws_vpc_endpoint.comprehend[0].policy).Statement[0].Action == ["comprehend:Detect*", "comprehend:BatchDetect*", "comprehend:ClassifyDocument"]
    error_message = "The endpoint must allow only the analysis of texts."
  }
}

run "outputs_the_network_of_functions" {
  assert {
    condition     = length(output.for_functions.subnet_ids) == 2 && contains(output.for_functions.arns, "arn:aws:ec2:eu-central-1:123456789012:network-interface/*")
    error_message = "The output must have both subnets and the ARNs of network interfaces in this account and region."
  }
}

run "refuses_a_small_block_a_single_zone_and_an_empty_list_of_tables" {
  command = plan
  variables {
    cidr_block         = "10.60.0.0/28"
    availability_zones = ["eu-central-1a"]
    table_arns         = []
  }
  expect_failures = [var.cidr_block, var.availability_zones, var.table_arns]
}

run "refuses_an_invalid_block" {
  command = plan
  variables {
    cidr_block = "ten"
  }
  expect_failures = [var.cidr_block]
}
