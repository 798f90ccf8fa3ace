#!/usr/bin/env bash
# Checks licences and sources of all dependencies, and crates that are not wanted, against deny.toml.
#
# in   PROJECTS  what detect.sh says of the folders with a Cargo.toml: [{root, locked}]
# out  part      for the report, to $GITHUB_OUTPUT
# Advisories are left to cargo-audit.
set -euo pipefail

top=$PWD
status=0
count=0
while IFS=$'\t' read -r root locked; do
  cd "$top/$root"
  # Packages of one's own that name no licence are not what this gate is for. cargo-deny passes over them if they are
  # not to be published, so that is what it is told, in this checkout only.
  cargo metadata --no-deps --format-version 1 | jq -r '.packages[]
    | select(.license == null and .license_file == null and .publish == null).manifest_path' |
    while IFS= read -r manifest; do
      sed -i -e '/^publish\(\.workspace\)\? *=/d' -e '0,/^\[package\]/s//[package]\npublish = false/' "$manifest"
      echo "::notice file=${manifest#"$top/"},title=Licence::This package names no licence."
    done
  echo "::group::cargo deny in $root"
  # shellcheck disable=SC2086 # A flag, or none.
  cargo deny --workspace --all-features $locked check bans licenses sources || status=1
  echo '::endgroup::'
  # shellcheck disable=SC2086
  found=$(cargo deny --workspace --all-features $locked --format json check bans licenses sources 2>&1 >/dev/null |
    jq -nR '[inputs | fromjson? | select(.type == "diagnostic" and .fields.severity == "error")] | length') || true
  count=$((count + ${found:-0}))
done < <(jq -r '.[] | [.root, .locked] | @tsv' <<<"$PROJECTS")

printf 'part={"gates":[{"id":"deny","value":%d,"threshold":null,"unit":"findings","reason":null}]}\n' "$count" \
  >>"${GITHUB_OUTPUT:-/dev/stdout}"
if ((status != 0)); then echo "::error title=cargo-deny::A dependency is not as deny.toml wants it; see the log."; fi
exit "$status"
