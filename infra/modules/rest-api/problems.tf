# Errors of API Gateway itself are problem documents too, with codes that have an error page.
locals {
  problems = {
    BAD_REQUEST_BODY             = { status = 400, code = "malformed_http", detail = "The request cannot be read." }
    BAD_REQUEST_PARAMETERS       = { status = 400, code = "malformed_http", detail = "The request cannot be read." }
    UNAUTHORIZED                 = { status = 401, code = "unauthenticated", detail = "Sign in, and send an access token in the Authorization header. API keys are not taken here." }
    ACCESS_DENIED                = { status = 403, code = "forbidden", detail = "The access token is not for this." }
    MISSING_AUTHENTICATION_TOKEN = { status = 404, code = "route_not_found", detail = "No route has this path." }
    RESOURCE_NOT_FOUND           = { status = 404, code = "route_not_found", detail = "No route has this path." }
    REQUEST_TOO_LARGE            = { status = 413, code = "body_too_large", detail = "The body is too large." }
    UNSUPPORTED_MEDIA_TYPE       = { status = 415, code = "unsupported_media_type", detail = "This media type is not supported." }
    THROTTLED                    = { status = 429, code = "rate_limited", detail = "Too many requests. Try again in a moment." }
    QUOTA_EXCEEDED               = { status = 429, code = "rate_limited", detail = "The quota of this API key is used up." }
    INTEGRATION_FAILURE          = { status = 503, code = "unavailable", detail = "The service did not answer. Try again in a moment." }
    INTEGRATION_TIMEOUT          = { status = 503, code = "unavailable", detail = "The service did not answer in time. Try again in a moment." }
    DEFAULT_5XX                  = { status = 500, code = "internal", detail = "The server failed; give the operator the request id, which leads to the cause in the log." }
  }

  gateway_responses = { for type, problem in local.problems : type => {
    status = tostring(problem.status)
    body = jsonencode({
      type      = "/${var.stage}/docs/errors/${problem.code}"
      title     = "${upper(substr(problem.code, 0, 1))}${replace(substr(problem.code, 1, -1), "_", " ")}"
      status    = problem.status
      detail    = problem.detail
      message   = problem.detail
      code      = problem.code
      requestId = "$context.requestId"
    })
  } }
}

resource "aws_api_gateway_gateway_response" "problem" {
  for_each = local.gateway_responses

  rest_api_id        = aws_api_gateway_rest_api.this.id
  response_type      = each.key
  status_code        = each.value.status
  response_templates = { "application/json" = each.value.body }
  response_parameters = merge(
    { "gatewayresponse.header.Content-Type" = "'application/problem+json'" },
    each.value.status == "401" ? { "gatewayresponse.header.WWW-Authenticate" = "'Bearer realm=\"Curlew\"'" } : {},
  )
}
