#!/usr/bin/env bash
# Runs the Criterion benchmarks and collects what they measured.
#
# in   BENCHES              what detect.sh found: [{root, locked, features, package, folder, select, bench}]
# out, below $RUNNER_TEMP, because the project may have folders of these names
#      criterion/             what Criterion wrote, by package and benchmark
#      parts/benchmarks.json  estimates and samples as Criterion writes them, in nanoseconds, for the report
set -euo pipefail

results=$RUNNER_TEMP/criterion
parts=$RUNNER_TEMP/parts
rm -rf "$results" "$parts"
mkdir -p "$results" "$parts"
status=0

while IFS=$'\t' read -r root folder package bench options; do
  read -ra flags <<<"$options"
  echo "::group::$bench of $package"
  # A folder of its own: the usual one may hold results of benchmarks that are gone.
  home=$results/$package/$bench
  toolchain=$(cd "$root" && rustc --version)
  mkdir -p "$home"
  # Only this target: libtest's own harness, which others may use, does not know Criterion's flags.
  (cd "$folder" && CRITERION_HOME=$home cargo bench --bench "$bench" "${flags[@]}" -- --noplot) </dev/null || status=1
  echo '::endgroup::'
  find "$home" -path '*/new/benchmark.json' -print0 | sort -z | while IFS= read -r -d '' file; do
    jq -c --arg root "$root" --arg package "$package" --arg bench "$bench" --slurpfile estimates "${file%/*}/estimates.json" \
      --slurpfile sample "${file%/*}/sample.json" '{
        benchmark: .full_id, $root, $package, $bench, unit: "ns", throughput,
        estimates: $estimates[0]
      } + ($sample[0] | if type == "array" then {iters: .[0], times: .[1]} else {iters, times} end)' "$file"
  done >>"$parts/found"
done < <(jq -r '.[] | [.root, .folder, .package, .bench, "\(.select) \(.features) \(.locked)"] | @tsv' <<<"$BENCHES")

cpu=$(lscpu --json | jq -r '[.lscpu[] | select(.field == "Model name:").data][0] // "unknown processor"')
jq -s --arg runner "${RUNNER_OS:-} $cpu, $(nproc) cores" --arg toolchain "$toolchain" '{
  gates: [{
    id: "benchmarks", value: length, threshold: null, unit: "benchmarks",
    reason: (if length == 0 then "Criterion wrote no results." else null end)
  }],
  machine: {$runner, $toolchain},
  benchmarks: .
}' "$parts/found" >"$parts/benchmarks.json"
rm "$parts/found"
# The graphics and reports are large, and can be made again from what is kept.
find "$results" -type f ! \( -path '*/new/*' -name '*.json' \) -delete

# shellcheck disable=SC2016 # The backquotes are Markdown.
jq -r '
  def time: if . < 1000 then [., "ns"] elif . < 1000000 then [. / 1000, "µs"] elif . < 1000000000 then [. / 1000000, "ms"]
    else [. / 1000000000, "s"] end | "\(.[0] * 100 | round / 100) \(.[1])";
  "### Benchmarks", "", "| benchmark | time | between |", "| --- | ---: | --- |",
  (.benchmarks[] | (.estimates.slope // .estimates.Slope // .estimates.mean // .estimates.Mean) as $typical
    | $typical.confidence_interval as $interval
    | "| `\(.benchmark)` | \($typical.point_estimate | time) | \($interval.lower_bound | time) and \($interval.upper_bound | time) |")
' "$parts/benchmarks.json" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"

if jq -e '.benchmarks == []' "$parts/benchmarks.json" >/dev/null; then
  echo '::error title=Benchmarks::There are Criterion benchmarks, but they wrote no results.'
  exit 1
fi
exit "$status"
