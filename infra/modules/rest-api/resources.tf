# A resource is one path segment below its parent. A resource block cannot refer to itself, so each depth has its own
# block; the parent of "/v1/tickets" is "/v1" in the block above.
locals {
  segments = [for path in keys(var.routes) : compact(split("/", path))]
  levels = [for depth in range(1, 7) : {
    for segments in distinct([for all in local.segments : slice(all, 0, depth) if length(all) >= depth]) :
    "/${join("/", segments)}" => { parent = "/${join("/", slice(segments, 0, depth - 1))}", segment = segments[depth - 1] }
  }]
  root = aws_api_gateway_rest_api.this.root_resource_id

  resource_ids = merge(
    { "/" = local.root, "/{proxy+}" = aws_api_gateway_resource.rest.id },
    { for path, resource in merge(
      aws_api_gateway_resource.level_1,
      aws_api_gateway_resource.level_2,
      aws_api_gateway_resource.level_3,
      aws_api_gateway_resource.level_4,
      aws_api_gateway_resource.level_5,
      aws_api_gateway_resource.level_6,
    ) : path => resource.id },
  )

  # API Gateway itself answers requests to a resource without methods, such as /v1/analytics. So every resource has one.
  answers = merge(
    { for path in concat(["/", "/{proxy+}"], flatten([for level in local.levels : keys(level)])) : path => var.default_function },
    var.routes,
  )
}

resource "aws_api_gateway_resource" "rest" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = local.root
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_resource" "level_1" {
  for_each    = local.levels[0]
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = local.root
  path_part   = each.value.segment
}

resource "aws_api_gateway_resource" "level_2" {
  for_each    = local.levels[1]
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_1[each.value.parent].id
  path_part   = each.value.segment
}

resource "aws_api_gateway_resource" "level_3" {
  for_each    = local.levels[2]
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_2[each.value.parent].id
  path_part   = each.value.segment
}

resource "aws_api_gateway_resource" "level_4" {
  for_each    = local.levels[3]
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_3[each.value.parent].id
  path_part   = each.value.segment
}

resource "aws_api_gateway_resource" "level_5" {
  for_each    = local.levels[4]
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_4[each.value.parent].id
  path_part   = each.value.segment
}

resource "aws_api_gateway_resource" "level_6" {
  for_each    = local.levels[5]
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_5[each.value.parent].id
  path_part   = each.value.segment
}
