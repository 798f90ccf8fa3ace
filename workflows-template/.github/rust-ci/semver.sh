#!/usr/bin/env bash
# Compares the public interface of every library with its published version: a breaking change needs a new version.
#
# usage: semver.sh FOLDER PART   the folder of a Cargo workspace, where to write the part of the report
set -euo pipefail

part=$2
cd "$1"
new=()
published=()
while read -r name; do
  # Asked from elsewhere, because inside a workspace cargo answers for its own packages.
  if answer=$(cd "$RUNNER_TEMP" && cargo info --registry crates-io "$name" 2>&1); then
    published+=("$name")
  elif [[ $answer == *'could not find'* ]]; then
    new+=("$name")
  else
    printf '%s\n' "$answer" "::error title=semver::Whether $name is published cannot be found out; see the log."
    exit 1
  fi
done < <(cargo metadata --no-deps --format-version 1 | jq -r '.packages[]
  | select(.publish == null or (.publish | index("crates-io")))
  | select(any(.targets[]; .kind | index("lib") or index("rlib") or index("proc-macro"))).name')

mkdir -p "$(dirname "$part")"
jq -n --arg checked "${#published[@]}" '{gates: [{
  id: "semver", value: ($checked | tonumber), threshold: null, unit: "crates",
  state: (if $checked == "0" then "skipped" else null end),
  reason: (if $ARGS.positional == [] then null else "Not published yet: \($ARGS.positional | join(", "))." end)
}]}' --args "${new[@]}" >"$part"

if ((${#published[@]} == 0)); then exit 0; fi
cargo semver-checks "${published[@]/#/--package=}"
