#!/usr/bin/env bash
# Looks for dependencies with known vulnerabilities in the RustSec advisory database.
#
# in   PROJECTS  what detect.sh says of the folders with a Cargo.toml: [{root, locked}]
# out  part      for the report, to $GITHUB_OUTPUT
# Settings, such as advisories to ignore, belong into .cargo/audit.toml.
set -euo pipefail

status=0
count=0
while IFS=$'\t' read -r root locked; do
  echo "::group::cargo audit in $root"
  pushd "$root" >/dev/null
  # Where no Cargo.lock is committed, what users would get today is checked.
  if [[ ! $locked ]]; then cargo generate-lockfile; fi
  cargo audit || status=1
  found=$(cargo audit --no-fetch --quiet --json 2>/dev/null | jq '.vulnerabilities.count // 0') || true
  count=$((count + ${found:-0}))
  popd >/dev/null
  echo '::endgroup::'
done < <(jq -r '.[] | [.root, .locked] | @tsv' <<<"$PROJECTS")

printf 'part={"gates":[{"id":"audit","value":%d,"threshold":null,"unit":"vulnerabilities","reason":null}]}\n' "$count" \
  >>"${GITHUB_OUTPUT:-/dev/stdout}"
if ((status != 0)); then
  echo "::error title=RustSec::cargo audit failed, with $count known vulnerabilities; see the log."
fi
exit "$status"
