# shellcheck shell=bash
# Sourced by infra/deploy/deploy and infra/deploy/rollback. Sets: environment, folder, account, region, bucket,
# bucket_region.

say() { printf '\n== %s\n' "$*"; }

# Prints each argument on its own line.
fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

need_tools() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || fail "$tool is not installed, or not on the PATH. docs/operations/deploy.md lists the needed tools."
    [ "$tool" != aws ] || need_aws_cli_2
  done
  [ -x node_modules/.bin/node ] || fail 'Run "npm ci" first.'
}

# Version 1 lacks the sign-in and log commands of docs/operations. A stand-in for AWS needs neither.
need_aws_cli_2() {
  local version
  version=$(aws --version 2>&1) || true
  case $version in
    aws-cli/2.*) ;;
    *) [ -n "${AWS_ENDPOINT_URL:-}" ] || fail "The AWS CLI must be version 2, but it is ${version%% *}. docs/operations/deploy.md explains the installation." ;;
  esac
}

choose_environment() {
  environment=$1
  folder=infra/environments/$environment
  if [[ ! $environment =~ ^[a-z][a-z0-9-]*$ ]] || [ ! -d "$folder" ]; then
    fail "There is no environment \"$environment\". There are:$(cd infra/environments && printf ' %s' *)."
  fi
}

find_account() {
  region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}
  [ -n "$region" ] || fail 'Which region? Set AWS_REGION, for example: export AWS_REGION=eu-central-1'
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region TF_VAR_region=$region TF_IN_AUTOMATION=1
  account=$(aws sts get-caller-identity --query Account --output text) ||
    fail 'There are no valid AWS credentials. Sign in ("aws sso login", or "aws configure"), and check with: aws sts get-caller-identity'
}

# The state bucket of infra/bootstrap: CURLEW_STATE_BUCKET, or the bucket in the environment's backend.hcl, or the
# default.
find_state_bucket() {
  local location owner=()
  bucket=${CURLEW_STATE_BUCKET:-}
  if [ -z "$bucket" ] && [ -f "$folder/backend.hcl" ]; then
    bucket=$(sed -n 's/^ *bucket *= *"\(.*\)".*/\1/p' "$folder/backend.hcl")
  fi
  if [ -z "$bucket" ]; then
    bucket=curlew-state-$account
    # Another account may own a bucket with this predictable name.
    owner=(--expected-bucket-owner "$account")
  fi
  location=$(aws s3api get-bucket-location --bucket "$bucket" ${owner[@]+"${owner[@]}"} \
    --query LocationConstraint --output text 2>"$scratch/bucket.log") || {
    cat "$scratch/bucket.log" >&2
    fail '' "Account $account has no state bucket $bucket, or your credentials have no read access." \
      "Create it once per account: terraform -chdir=infra/bootstrap init && TF_VAR_region=$region terraform -chdir=infra/bootstrap apply" \
      'For a bucket with another name, set CURLEW_STATE_BUCKET.'
  }
  bucket_region=$location
  [ "$location" != None ] || bucket_region=us-east-1
}
