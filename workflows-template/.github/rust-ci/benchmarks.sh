#!/usr/bin/env bash
# Runs the Criterion benchmarks and collects what they measured.
#
# in   BENCHES              what detect.sh found: [{root, locked, features, package, bench}]
# out  criterion/           what Criterion wrote, by package and benchmark
#      parts/benchmarks.json  estimates and samples in nanoseconds, for the report
set -euo pipefail

top=$PWD
rm -rf criterion parts
mkdir -p criterion parts
status=0

while IFS=$'\t' read -r root package bench options; do
  read -ra flags <<<"$options"
  echo "::group::$bench of $package"
  # A folder of its own: the usual one may hold results of benchmarks that are gone.
  home=$top/criterion/$package/$bench
  mkdir -p "$home"
  # Only this target: libtest's own harness, which others may use, does not know Criterion's flags.
  (cd "$root" && CRITERION_HOME=$home cargo bench --package "$package" --bench "$bench" "${flags[@]}" -- --noplot) || status=1
  echo '::endgroup::'
  find "$home" -path '*/new/benchmark.json' -print0 | sort -z | while IFS= read -r -d '' file; do
    folder=$(dirname "$file")
    jq -c --arg root "$root" --arg package "$package" --arg bench "$bench" --slurpfile estimates "$folder/estimates.json" \
      --slurpfile sample "$folder/sample.json" '
      def estimate: if . == null then null else {
        value: .point_estimate, error: .standard_error,
        lower: .confidence_interval.lower_bound, upper: .confidence_interval.upper_bound
      } end;
      # Before version 0.3 the keys began with capitals.
      ($estimates[0] | with_entries(.key |= ascii_downcase)) as $estimates
      | {
          id: .full_id, $root, $package, $bench,
          throughput: (.throughput | if type == "object" then to_entries[0] | {unit: .key, value} else null end),
          estimates: {
            mean: ($estimates.mean | estimate), median: ($estimates.median | estimate),
            slope: ($estimates.slope | estimate), deviation: ($estimates.std_dev | estimate)
          },
          samples: ($sample[0] | {mode: .sampling_mode, iterations: .iters, times})
        }' "$file"
  done >>parts/found
done < <(jq -r '.[] | [.root, .package, .bench, "\(.features) \(.locked)"] | @tsv' <<<"$BENCHES")

machine=$(lscpu --json | jq -r '.lscpu[] | select(.field == "Model name:").data' | head -n 1)
jq -s --arg cpu "$machine" --arg cores "$(nproc)" --arg rust "$(rustc --version)" '{
  gates: [{
    id: "benchmarks", value: length, threshold: null, unit: "benchmarks",
    reason: (if length == 0 then "Criterion wrote no results." else null end)
  }],
  machine: {os: env.RUNNER_OS, $cpu, cores: ($cores | tonumber), $rust},
  benchmarks: .
}' parts/found >parts/benchmarks.json
rm parts/found
# The graphics and reports are large, and can be made again from what is kept.
find criterion -type f ! \( -path '*/new/*' -name '*.json' \) -delete

# shellcheck disable=SC2016 # The backquotes are Markdown.
jq -r '
  def time: if . < 1000 then [., "ns"] elif . < 1000000 then [. / 1000, "µs"] elif . < 1000000000 then [. / 1000000, "ms"]
    else [. / 1000000000, "s"] end | "\(.[0] * 100 | round / 100) \(.[1])";
  "### Benchmarks", "", "| benchmark | time | between |", "| --- | ---: | --- |",
  (.benchmarks[] | (.estimates.slope // .estimates.mean) as $typical
    | "| `\(.id)` | \($typical.value | time) | \($typical.lower | time) and \($typical.upper | time) |")
' parts/benchmarks.json >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"

if jq -e '.benchmarks == []' parts/benchmarks.json >/dev/null; then
  echo '::error title=Benchmarks::There are Criterion benchmarks, but they wrote no results.'
  exit 1
fi
exit "$status"
