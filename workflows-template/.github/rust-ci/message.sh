#!/usr/bin/env bash
# Writes a message for Slack about what rust-ci-report.json says.
# out  payload, to $GITHUB_OUTPUT
set -euo pipefail

jq -c --arg server "$GITHUB_SERVER_URL" '
  # Slack reads these three as markup.
  def plain: tostring | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
  (all(.gates[]; .state == "pass" or .state == "skipped")) as $good
  | (if .rollback then
      "\(.rollback.image): " + (if .rollback.done then "rolled back to " else "rollback failed, to " end)
      + (.rollback.to.version // .rollback.to.digest) + ". " + .rollback.reason + " (\(.rollback.actor))"
    elif .release then "\(.repository) \(.release.tag)" + (if $good then " is released to " else " failed to be released to " end) + .release.environment
    elif .image then "\(.image.name) \(.image.version // .image.digest)" + (if $good then " is pushed" else " failed" end)
    else "\(.repository): \(.workflow) " + (if $good then "is done" else "failed" end) end) as $what
  | {text: "\($what | plain)\n<\($server)/\(.repository)/actions/runs/\(.run.id)|Run \(.run.number) of \(.workflow | plain)>"}
' rust-ci-report.json | sed 's/^/payload=/' >>"${GITHUB_OUTPUT:-/dev/stdout}"
