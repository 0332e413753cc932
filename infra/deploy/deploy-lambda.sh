#!/usr/bin/env bash
# Updates the functions' code on AWS without Terraform. Fast, for development environments.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=infra/deploy/prepare.sh
. infra/deploy/prepare.sh
# shellcheck source=infra/deploy/code.sh
. infra/deploy/code.sh

case ${1:-} in
  -h | --help)
    echo 'Usage: infra/deploy/deploy-lambda.sh [ENVIRONMENT] [FUNCTION…]     (dev and all its functions, unless given)'
    echo 'For example: infra/deploy/deploy-lambda.sh dev tickets relay'
    exit 0
    ;;
esac
choose_environment "${1:-dev}"
[ $# -eq 0 ] || shift
[ "$environment" != prod ] || fail 'Production is deployed as a whole, so that a rollback is possible: infra/deploy/deploy prod'
need_tools aws npm
find_account

known=$(node_modules/.bin/node -p 'Object.keys(require("./infra/generated/services.json").functions).join(" ")')
for function in "$@"; do
  case " $known " in
    *" $function "*) ;;
    *) fail "There is no function \"$function\". There are: $known." ;;
  esac
done

deployed() { aws lambda get-function-configuration --function-name "support-$1-$environment" >/dev/null 2>&1; }

# The layout determines the functions of a deployment.
if [ $# -eq 0 ]; then
  for function in $known; do
    if deployed "$function"; then set -- "$@" "$function"; fi
  done
  [ $# -gt 0 ] || fail "Account $account, region $region has no functions of $environment. Deploy it once with: infra/deploy/deploy $environment"
fi

npm run --silent build
for function in "$@"; do
  name=support-$function-$environment
  deployed "$function" || fail "Account $account, region $region has no function $name. Perhaps the other layout is deployed."
  put_code "$name" "dist/$(zip_name "$function")"
done
cat <<END

Terraform does not see this code, and it is not kept for a rollback. The next "infra/deploy/deploy $environment" must come
from the same commit to keep it: it deploys the checked-out code. A bare "terraform apply" may leave it as it is.
END
