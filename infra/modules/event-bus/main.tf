# Without a resource policy, only principals of this account can put events, and only if their own policy allows it.
resource "aws_cloudwatch_event_bus" "this" {
  name = var.name
}
