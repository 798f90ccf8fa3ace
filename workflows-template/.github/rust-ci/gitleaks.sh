#!/usr/bin/env bash
# Looks for committed secrets. Exceptions belong into .gitleaksignore (fingerprints) or .gitleaks.toml.
#
# in   BASE  commit before the ones to look at; empty: the whole history of this branch
# out  part  for the report, to $GITHUB_OUTPUT
set -euo pipefail

report=$(mktemp)
status=0
range=HEAD
# A forced push may have taken the base away: then the whole history is looked at.
if [[ ${BASE:-} ]] && git cat-file -e "$BASE^{commit}"; then range=$BASE..HEAD; fi
# gitleaks passes where git refuses to list the commits, so git is asked first.
commits=$(git rev-list --count "$range")
echo "Looking at $commits commits."
gitleaks git --redact --no-banner --exit-code 1 --report-format json --report-path "$report" \
  --log-opts "$range" . || status=$?

count=$(jq length "$report" 2>/dev/null) || count=null
printf 'part={"gates":[{"id":"gitleaks","value":%s,"threshold":null,"unit":"secrets","reason":null}]}\n' "${count:-null}" \
  >>"${GITHUB_OUTPUT:-/dev/stdout}"
if [[ $count != 0 && $count != null && $count ]]; then
  # shellcheck disable=SC2016 # The backquotes are Markdown.
  jq -r '"### Secrets in the history", "",
    "Revoke each of them: whoever has the repository has the secret. Removing the file does not help.", "",
    "| rule | file | commit | fingerprint for .gitleaksignore |", "| --- | --- | --- | --- |",
    (.[] | "| \(.RuleID) | \(.File):\(.StartLine) | \(.Commit[:10]) | `\(.Fingerprint)` |")' "$report" \
    >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
  jq -r '.[] | "::error file=\(.File),line=\(.StartLine),title=Secret::\(.RuleID) in commit \(.Commit[:10])"' "$report"
fi
rm -f "$report"
exit "$status"
