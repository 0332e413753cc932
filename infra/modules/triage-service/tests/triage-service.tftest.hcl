mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:rule/support-events-test/support-triage-test" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/support-test" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:support-triage-test" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::support-files-test-123456789012-eu-central-1" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:support-queue-test" }
  }
}

variables {
  environment      = "test"
  artifacts_folder = "../function/tests/artifacts"
  event_bus_name   = "support-events-test"
  tables = {
    tickets = { name = "support-tickets-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-test" }
    users   = { name = "support-users-test", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/support-users-test" }
  }
}

run "listens_to_what_the_code_says" {
  assert {
    condition     = keys(output.consumers) == [for subscription in jsondecode(file("../../generated/subscriptions.json")) : subscription.name if subscription.service == "triage"]
    error_message = "Every subscription of the service has its function."
  }
  assert {
    condition     = output.consumers.triage.function_name == "support-triage-test" && output.consumers.triage.dead_letter_queue_name == "support-triage-dlq-test"
    error_message = "Names follow the pattern."
  }
}

run "reads_by_comprehend_unless_told_otherwise" {
  assert {
    condition     = output.reading.triage.environment_variables == { TEXT_ANALYZER = "comprehend", COMPREHEND_CLASSIFIER = "", FILES_BUCKET = "support-files-test-123456789012-eu-central-1" }
    error_message = "The function knows who reads, and where lessons lie."
  }
  assert {
    condition = [for statement in jsondecode(output.consumers.triage.policy).Statement : statement if contains(["Texts", "Classifier", "Learned", "LearnedNames"], statement.Sid)] == [
      { Sid = "Texts", Effect = "Allow", Action = ["comprehend:DetectDominantLanguage", "comprehend:DetectSentiment", "comprehend:DetectKeyPhrases", "comprehend:BatchDetectSentiment", "comprehend:BatchDetectKeyPhrases"], Resource = ["*"] },
      { Sid = "Learned", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["arn:aws:s3:::support-files-test-123456789012-eu-central-1/learned/*"] },
      { Sid = "LearnedNames", Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["arn:aws:s3:::support-files-test-123456789012-eu-central-1"] },
    ]
    error_message = "It may have texts read, and read and write what was taught, and no more."
  }
}

run "lets_http_functions_read_and_not_teach" {
  assert {
    condition     = keys(output.reading) == ["all", "tickets", "triage"] && alltrue([for name in ["all", "tickets"] : !strcontains(jsonencode(output.reading[name].statements), "s3:PutObject")])
    error_message = "Who asks for an analysis teaches nothing by it."
  }
}

run "asks_a_classifier_of_yours" {
  variables {
    text_analysis = { classifier_endpoint_arn = "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets" }
  }
  assert {
    condition     = one([for statement in output.reading.all.statements : statement if statement.sid == "Classifier"]) == { sid = "Classifier", actions = ["comprehend:ClassifyDocument"], resources = ["arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets"] }
    error_message = "It may ask this endpoint and no other."
  }
  assert {
    condition     = output.reading.all.environment_variables.COMPREHEND_CLASSIFIER == "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets"
    error_message = "The functions know the endpoint."
  }
}

run "keeps_texts_in_the_functions" {
  variables {
    text_analysis = { provider = "embedded" }
  }
  assert {
    condition     = output.reading.triage.environment_variables.TEXT_ANALYZER == "embedded" && !strcontains(output.consumers.triage.policy, "comprehend:")
    error_message = "No text leaves, and nobody may send one."
  }
}

run "refuses_a_classifier_without_comprehend" {
  command = plan
  variables {
    text_analysis = { provider = "embedded", classifier_endpoint_arn = "arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets" }
  }
  expect_failures = [var.text_analysis]
}

run "refuses_a_wrong_name_and_an_unknown_reader" {
  command = plan
  variables {
    environment   = "test-1"
    text_analysis = { provider = "gpt" }
  }
  expect_failures = [var.environment, var.text_analysis]
}

run "refuses_what_is_no_endpoint" {
  command = plan
  variables {
    text_analysis = { classifier_endpoint_arn = "tickets" }
  }
  expect_failures = [var.text_analysis]
}
