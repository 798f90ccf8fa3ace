#!/usr/bin/env bash
# Measures line coverage with cargo-tarpaulin and compares it with the threshold.
#
# in   PROJECTS   what detect.sh says of the folders with tests: [{root, locked, features}]
#      THRESHOLD  lowest share of covered lines that passes, in per cent
# out  coverage/lcov.info     of all folders, paths relative to the repository
#      coverage/coverage.json totals per crate, for the report
#
# The share is computed here from the lines themselves: cargo-tarpaulin's own --fail-under passes when no line could be
# measured, and a lower fail-under in tarpaulin.toml would win. All other settings in tarpaulin.toml hold.
set -euo pipefail

top=$PWD
raw=$(mktemp -d)
mkdir -p coverage
: >coverage/lcov.info
: >"$raw/crates"
failed=false
# Folders with tests of which no line was measured: another folder must not make up for them.
blind=()

while IFS=$'\t' read -r root options; do
  read -ra flags <<<"$options"
  cd "$top/$root"
  echo "::group::cargo tarpaulin in $root"
  rm -f "$raw/lcov.info"
  cargo tarpaulin --engine llvm --workspace --skip-clean --target-dir target/tarpaulin \
    --out Lcov --output-dir "$raw" "${flags[@]}" </dev/null || failed=true
  echo '::endgroup::'
  cargo metadata --no-deps --format-version 1 |
    jq -r --arg root "$root" '.packages[] | [$root, .name, (.manifest_path | rtrimstr("/Cargo.toml"))] | @tsv' >>"$raw/crates"
  cd "$top"
  if ! grep -qs '^DA:' "$raw/lcov.info"; then
    blind+=("$root")
  else
    awk -v top="$top/" '/^SF:/ { file = substr($0, 4); if (index(file, top) == 1) file = substr(file, length(top) + 1); $0 = "SF:" file } 1' \
      "$raw/lcov.info" >>coverage/lcov.info
  fi
done < <(jq -r '.[] | [.root, "\(.features) \(.locked)"] | @tsv' <<<"$PROJECTS")

where=${blind[*]}
if [[ $where == . ]]; then where=''; fi
unmeasured="There are tests${where:+ in ${where// /, }}, but not a single line could be measured."

# A file belongs to the crate with the longest folder above it.
awk -F '\t' -v top="$top/" '
  FILENAME == ARGV[1] { folder[NR] = $3 "/"; name[NR] = $1 FS $2; count = NR; next }
  /^SF:/ {
    file = substr($0, 4)
    if (file !~ /^\//) file = top file
    owner = 0
    for (i = 1; i <= count; i++)
      if (index(file, folder[i]) == 1 && (!owner || length(folder[i]) > length(folder[owner]))) owner = i
  }
  /^DA:/ { split($0, line, ","); coverable[owner]++; covered[owner] += line[2] > 0 }
  END { for (i = 1; i <= count; i++) print name[i] FS covered[i] + 0 FS coverable[i] + 0 }
' "$raw/crates" coverage/lcov.info |
  jq -nR --argjson threshold "$THRESHOLD" --argjson failed "$failed" \
    --argjson blind "${#blind[@]}" --arg unmeasured "$unmeasured" '
    [inputs / "\t" | {name: .[1], root: .[0], covered: (.[2] | tonumber), coverable: (.[3] | tonumber)}]
    | {covered: (map(.covered) | add), coverable: (map(.coverable) | add), crates: .}
    | {
        gates: [{
          id: "coverage",
          value: (if .coverable == 0 then null else .covered * 10000 / .coverable | floor / 100 end),
          $threshold,
          unit: "%",
          reason: (
            if $failed then "cargo tarpaulin failed; see the log."
            elif $blind > 0 or .coverable == 0 then $unmeasured
            else null end
          )
        }],
        coverage: .
      }' >coverage/coverage.json
rm -rf "$raw"

jq -r '.coverage | "\(.covered) of \(.coverable) lines are covered."' coverage/coverage.json
if [[ $failed == true ]]; then
  echo '::error title=Coverage::cargo tarpaulin failed: a test failed or its own fail-under was not reached; see the log.'
  exit 1
fi
if jq -e '.gates[0].reason' coverage/coverage.json >/dev/null; then
  echo "::error title=Coverage::$unmeasured Look for settings that exclude every file."
  exit 1
fi
if jq -e '.coverage.covered * 100 < .gates[0].threshold * .coverage.coverable' coverage/coverage.json >/dev/null; then
  jq -r '.gates[0] | "::error title=Coverage::\(.value) % of the lines are covered, \(.threshold) % are needed."' coverage/coverage.json
  exit 1
fi
