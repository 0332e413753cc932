output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "for_functions" {
  description = "What the function module's settings take as `network`: subnets, security group, and the ARNs that Lambda needs to put functions there."
  value = {
    subnet_ids        = [for subnet in aws_subnet.private : subnet.id]
    security_group_id = aws_security_group.functions.id
    arns              = concat([local.interface_arn, aws_security_group.functions.arn], [for subnet in aws_subnet.private : subnet.arn])
  }
}

output "secrets_endpoint" {
  description = "Service that the endpoint for secrets leads to; null where there is none."
  value       = one(aws_vpc_endpoint.secrets[*].service_name)
}

output "comprehend_endpoint" {
  description = "Service that the endpoint for Comprehend leads to; null where there is none."
  value       = one(aws_vpc_endpoint.comprehend[*].service_name)
}
