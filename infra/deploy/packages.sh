# shellcheck shell=bash
# Sourced. The packages of every deployment are kept in the state bucket, independent of the deploying machine:
#   packages/<environment>/<time>-<commit>/<function>.zip   the deployed packages
#   packages/<environment>/<time>-<commit>/applied          written each time it was applied: the latest one runs
#   packages/<environment>/<time>-<commit>/tested           written each time the smoke test passed with it

# The commit, with the suffix -changed if the working tree differs from it.
commit_name() {
  local commit
  commit=$(git rev-parse --short=12 HEAD 2>/dev/null) || {
    echo unversioned
    return
  }
  [ -z "$(git status --porcelain 2>/dev/null)" ] || commit=$commit-changed
  echo "$commit"
}

keep_packages() {
  local zip
  deployment=$(date -u +%Y%m%dT%H%M%SZ)-$(commit_name)
  for zip in dist/*.zip; do
    aws s3 cp --only-show-errors "$zip" "s3://$bucket/packages/$environment/$deployment/${zip##*/}"
  done
  echo "Kept the packages for a rollback: s3://$bucket/packages/$environment/$deployment/"
}

# mark applied, or mark tested
mark_deployment() {
  date -u +%Y-%m-%dT%H:%M:%SZ | aws s3 cp --only-show-errors - "s3://$bucket/packages/$environment/$deployment/$1"
}

# One line for each kept deployment, oldest first: "<name> <applied at, or never> <tested at, or never>".
list_deployments() {
  aws s3api list-objects-v2 --bucket "$bucket" --prefix "packages/$environment/" \
    --query 'Contents[].[Key,LastModified]' --output text |
    awk -F '\t' '
      $1 == "None" { next }
      {
        split($1, part, "/")
        seen[part[3]]
        if (part[4] == "applied" || part[4] == "tested") marked[part[3], part[4]] = $2
      }
      END {
        for (name in seen) print name, value(name, "applied"), value(name, "tested")
      }
      function value(name, mark) { return (name, mark) in marked ? marked[name, mark] : "never" }
    ' | sort
}

# The name of the last applied deployment; empty if there is none.
running_deployment() {
  list_deployments | awk '$2 != "never"' | sort -k2,2 | tail -n 1 | cut -d ' ' -f 1
}

# The name of the last deployment, except the current one, that passed its smoke test; empty if there is none.
good_deployment() {
  list_deployments | awk -v present="$deployment" '$3 != "never" && $1 != present' | sort -k3,3 | tail -n 1 | cut -d ' ' -f 1
}

show_deployments() {
  local running
  running=$(running_deployment)
  list_deployments | awk -v running="$running" '
    { print "  " $1 ($1 == running ? "  (runs now)" : $2 == "never" ? "  (never applied to its end)" : "") \
        ($2 != "never" && $3 == "never" ? "  (smoke test failed)" : "") }'
}

# Downloads the packages of a kept deployment into the folder `packages`.
fetch_packages() {
  packages=dist/rollback/$environment/$1
  rm -rf "$packages"
  mkdir -p "$packages"
  aws s3 cp --only-show-errors --recursive --exclude '*' --include '*.zip' "s3://$bucket/packages/$environment/$1/" "$packages"
  ls "$packages"/*.zip >/dev/null 2>&1 || fail "There are no packages in s3://$bucket/packages/$environment/$1/."
}
