# shellcheck shell=bash
# Sourced by the lanes. `CURLEW_CI_RESULTS` names a file to which every check adds a line; without it a lane keeps its own.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
: "${CURLEW_CI_RESULTS:=$(mktemp)}"
lane=$(basename "$0")
lane_failed=0

# check NAME COMMAND...: runs the command, and notes whether it passed and how long it took.
check() {
  local name=$1 started=$SECONDS outcome=passed
  shift
  printf '\n=== %s\n' "$name"
  "$@" || outcome=failed
  if [ $outcome = failed ]; then lane_failed=1; fi
  printf '=== %s in %d s: %s\n' $outcome $((SECONDS - started)) "$name"
  printf '%s\t%d\t%s\t%s\n' $outcome $((SECONDS - started)) "$lane" "$name" >>"$CURLEW_CI_RESULTS"
}
