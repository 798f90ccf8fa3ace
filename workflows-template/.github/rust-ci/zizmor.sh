#!/usr/bin/env bash
# Looks for insecure workflows with zizmor. Exceptions: "# zizmor: ignore[RULE]" in the line, or .github/zizmor.yml.
#
# out  part  for the report, to $GITHUB_OUTPUT
set -euo pipefail

zizmor --offline --no-exit-codes --format github .
zizmor --offline --no-exit-codes --min-severity medium .
count=$(zizmor --offline --no-exit-codes --min-severity medium --format json . 2>/dev/null | jq length)
printf 'part={"gates":[{"id":"workflows","value":%s,"threshold":null,"unit":"findings","reason":null}]}\n' "$count" \
  >>"${GITHUB_OUTPUT:-/dev/stdout}"
((count == 0))
