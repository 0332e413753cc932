# Without a policy only principals of this account may put events, and those only where their own policy says so.
resource "aws_cloudwatch_event_bus" "this" {
  name = var.name
}
