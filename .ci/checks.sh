# shellcheck shell=bash
# Sourced by the lanes. Every check adds a line to the file in `CURLEW_CI_RESULTS`; if unset, a lane uses its own file.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
: "${CURLEW_CI_RESULTS:=$(mktemp)}"
lane=$(basename "$0")
lane_failed=0

# check NAME COMMAND...: runs the command and records its result and duration.
check() {
  local name=$1 started=$SECONDS outcome=passed
  shift
  printf '\n=== %s\n' "$name"
  "$@" || outcome=failed
  if [ $outcome = failed ]; then lane_failed=1; fi
  printf '=== %s in %d s: %s\n' $outcome $((SECONDS - started)) "$name"
  printf '%s\t%d\t%s\t%s\n' $outcome $((SECONDS - started)) "$lane" "$name" >>"$CURLEW_CI_RESULTS"
}

# check_beside NAME COMMAND...: runs a check in parallel with the next checks. `check_joined` waits for it and prints its
# log.
check_beside() {
  beside_log=$(mktemp)
  (
    check "$@"
    exit $lane_failed
  ) >"$beside_log" 2>&1 &
  beside=$!
}

check_joined() {
  wait $beside || lane_failed=1
  cat "$beside_log"
  rm -f "$beside_log"
}
