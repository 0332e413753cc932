# shellcheck shell=bash
# Sourced. Compares the running code of the functions with packages.

# Prints the zip name of a function. The zip of the layout one-function is handlers.zip.
zip_name() {
  if [ "$1" = all ]; then echo handlers.zip; else echo "$1.zip"; fi
}

# The hash in Lambda's format.
code_hash() {
  node_modules/.bin/node -p \
    'require("node:crypto").createHash("sha256").update(require("node:fs").readFileSync(process.argv[1])).digest("base64")' "$1"
}

running_hash() {
  aws lambda get-function-configuration --function-name "$1" --query CodeSha256 --output text
}

# put_code NAME ZIP: replaces the code of a function, waits until it runs, prints its hash.
put_code() {
  local hash
  hash=$(aws lambda update-function-code --function-name "$1" --zip-file "fileb://$2" --query CodeSha256 --output text)
  aws lambda wait function-updated --function-name "$1"
  printf '%-32s %s\n' "$1" "$hash"
}

# Terraform compares packages with its state, not with the running code, so it does not notice code of deploy-lambda.sh.
# put_unseen_code FOLDER: after an apply, updates each function whose code differs from its package in the folder.
put_unseen_code() {
  local packages=$1 functions function name zip
  functions=$(terraform -chdir="$folder" output -json function_names |
    node_modules/.bin/node -p 'Object.entries(JSON.parse(require("node:fs").readFileSync(0))).flat().join(" ")')
  # shellcheck disable=SC2086 # Splits into words: pairs of function and name.
  set -- $functions
  while [ $# -gt 0 ]; do
    function=$1 name=$2
    shift 2
    zip=$packages/$(zip_name "$function")
    if [ "$(running_hash "$name")" != "$(code_hash "$zip")" ]; then
      echo "$name runs code that Terraform did not deploy."
      confirm
      put_code "$name" "$zip"
    fi
  done
}
