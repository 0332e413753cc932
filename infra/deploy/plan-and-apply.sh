# shellcheck shell=bash
# Sourced by infra/deploy/deploy and infra/deploy/rollback.

# The state is in the bucket of infra/bootstrap.
initialise_terraform() {
  local stand_in=()
  # A stand-in for AWS has one address and no accounts.
  if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
    stand_in=(-backend-config=use_path_style=true -backend-config=skip_credentials_validation=true)
  fi
  terraform -chdir="$folder" init -input=false -reconfigure \
    -backend-config="bucket=$bucket" -backend-config="region=$bucket_region" ${stand_in[@]+"${stand_in[@]}"} >"$scratch/init.log" 2>&1 || {
    cat "$scratch/init.log" >&2
    fail '' "terraform init failed in $folder."
  }
}

# Shows the plan and saves it to a file. Sets `changes` to yes or no.
make_plan() {
  local status=0
  terraform -chdir="$folder" plan -input=false -detailed-exitcode -out="$scratch/plan" "$@" || status=$?
  case $status in
    0) changes=no ;;
    2) changes=yes ;;
    *) fail '' 'terraform plan failed; nothing was changed.' ;;
  esac
}

# Asks once.
confirm() {
  local answer=
  [ "$confirmed" = no ] || return 0
  [ -t 0 ] || fail 'There is no terminal for the confirmation; --yes continues without it.'
  if [ "$environment" = prod ]; then
    printf '\nThis is production. Type "prod" to continue: '
  else
    printf '\nDo this to %s? [y/N] ' "$environment"
  fi
  read -r answer || true
  case $environment:$answer in
    prod:prod) ;;
    prod:*) fail 'Nothing was changed.' ;;
    *:y | *:Y | *:yes) ;;
    *) fail 'Nothing was changed.' ;;
  esac
  confirmed=yes
}

apply_plan() {
  terraform -chdir="$folder" apply -input=false "$scratch/plan"
}

# Terraform creates the secret without a value, so that no key is in its state. Without a key, lists answer 503.
put_first_signing_key() {
  local secret
  secret=$(terraform -chdir="$folder" output -raw signing_secret)
  [ -n "$secret" ] || return 0
  node_modules/.bin/node cli/main.ts keys rotate-signing-key "$environment" --only-first
}

# Open mode is allowed only in dev. In other environments the test fails if callers need not sign in.
run_smoke_test() {
  local expected=()
  [ "$environment" = dev ] || expected=(required)
  : "${url:=$(terraform -chdir="$folder" output -raw api_invoke_url)}"
  echo "$url"
  node_modules/.bin/node infra/deploy/run-smoke-test.ts "$url" ${expected[@]+"${expected[@]}"}
}
