#!/usr/bin/env bash
# Publishes the packages to crates.io that are not there in their version yet.
#
# usage: publish-crates.sh [--dry-run]
# in     CARGO                  what detect.sh says of the folders with a Cargo.toml: [{root, locked}]
#        VERSION                of the release: packages with another version are left alone
#        CARGO_REGISTRY_TOKEN   not needed for --dry-run
set -euo pipefail

while IFS=$'\t' read -r root locked; do
  cd "$GITHUB_WORKSPACE/$root"
  packages=()
  while read -r name; do
    # Asked from elsewhere, because inside a workspace cargo answers for its own packages.
    if answer=$(cd "$RUNNER_TEMP" && cargo info --registry crates-io "$name@$VERSION" 2>&1); then
      echo "$name $VERSION is published already."
    elif [[ $answer == *'could not find'* ]]; then
      packages+=("$name")
    else
      printf '%s\n' "$answer" "::error title=crates.io::Whether $name is published cannot be found out; see the log."
      exit 1
    fi
  done < <(cargo metadata --no-deps --format-version 1 | jq -r --arg version "$VERSION" '.packages[]
    | select(.version == $version and (.publish == null or (.publish | index("crates-io")))).name')
  if ((${#packages[@]} == 0)); then continue; fi

  # cargo publishes several packages in the right order since 1.90; an older pinned toolchain gets help.
  toolchain=()
  if [[ $(printf '%s\n' 1.90 "$(cargo --version | cut -d' ' -f2)" | sort -V | head -n 1) != 1.90 ]]; then toolchain=(+stable); fi
  # shellcheck disable=SC2086 # A flag, or none.
  cargo "${toolchain[@]}" publish --registry crates-io "${packages[@]/#/--package=}" $locked "$@"
done < <(jq -r '.[] | [.root, .locked] | @tsv' <<<"$CARGO")
