output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "for_functions" {
  description = "Value for `network` in the settings of the module function: subnets, security group, and the ARNs that Lambda needs for network interfaces."
  value = {
    subnet_ids        = [for subnet in aws_subnet.private : subnet.id]
    security_group_id = aws_security_group.functions.id
    arns              = concat([local.interface_arn, aws_security_group.functions.arn], [for subnet in aws_subnet.private : subnet.arn])
  }
}

output "secrets_endpoint" {
  description = "Service of the endpoint for secrets; null if it does not exist."
  value       = one(aws_vpc_endpoint.secrets[*].service_name)
}

output "comprehend_endpoint" {
  description = "Service of the endpoint for Comprehend; null if it does not exist."
  value       = one(aws_vpc_endpoint.comprehend[*].service_name)
}
