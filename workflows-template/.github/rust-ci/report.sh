#!/usr/bin/env bash
# Judges the gates of a workflow, writes rust-ci-report.json and a table for the job summary. Fails if a gate failed.
#
# usage: report.sh WORKFLOW   its id, e.g. test
# in     NEEDS                toJSON(needs): the jobs before this one. Each is a gate but detect, whose output `skipped`
#                             says which gates had nothing to check; in a release it is called plan. An output `part` is
#                             JSON like the files in PARTS.
#        PARTS                folder with what jobs found out, one JSON object a file: gates (id, value, threshold, unit,
#                             reason, and state when a job that succeeded checked nothing) and any other part of the report
# out    rust-ci-report.json, described by schema/rust-ci-report.schema.json of Rust CI Pipeline
set -euo pipefail

parts=$(
  {
    if [[ -d ${PARTS:-} ]]; then find "$PARTS" -name '*.json' -print0 | sort -z | xargs -0 -r cat; fi
    jq -c '.[].outputs.part | select(. != null and . != "") | fromjson' <<<"$NEEDS"
  } | jq -s 'reduce (.[] | to_entries[]) as $entry ({};
      .[$entry.key] |= if . == null then $entry.value
        elif type == "array" then . + $entry.value
        elif type == "object" then . * $entry.value
        else $entry.value end)'
)
if [[ -s ${GITHUB_EVENT_PATH:-} ]]; then event=$GITHUB_EVENT_PATH; else event=/dev/null; fi

# The parts and the event are read from files, because an argument must not be longer than 128 KiB.
jq -n --arg workflow "$1" --argjson needs "$NEEDS" --slurpfile parts <(cat <<<"$parts") --slurpfile event "$event" '
  def sum(f): map(f | select(. != null)) | if . == [] then null else add end;
  def first_of(f): map(f | select(. != null)) | .[0];
  ($parts[0] // {}) as $found
  | ($needs.detect // $needs.plan // {}) as $guard
  | ($guard.outputs.skipped // "{}" | if . == "" then "{}" else . end | fromjson) as $skipped
  | {
      schema: 1,
      workflow: $workflow,
      repository: env.GITHUB_REPOSITORY,
      commit: ($event[0].pull_request.head.sha // env.GITHUB_SHA),
      ref: env.GITHUB_REF,
      event: env.GITHUB_EVENT_NAME,
      run: {
        id: (env.GITHUB_RUN_ID | tonumber),
        number: (env.GITHUB_RUN_NUMBER | tonumber),
        attempt: (env.GITHUB_RUN_ATTEMPT | tonumber)
      },
      created: (now | todate),
      gates: [
        $needs | to_entries[] | .key as $id | .value.result as $result
        | select(($id != "detect" and $id != "plan") or $result != "success")
        | [$found.gates // [] | .[] | select(.id == $id)] as $values
        | (
            if $result == "success" then
              if $values != [] and all($values[]; .state == "skipped") then ["skipped", null] else ["pass", null] end
            elif $result == "cancelled" then ["cancelled", "It was cancelled or ran out of time."]
            elif $result == "failure" then ["fail", null]
            elif $skipped[$id] then ["skipped", $skipped[$id]]
            elif ($guard.result // "success") != "success" then ["skipped", "What to do could not be found out."]
            else ["fail", "It did not run although there was something to check."]
            end
          ) as [$state, $reason]
        | {
            $id,
            $state,
            value: ($values | sum(.value)),
            threshold: ($values | first_of(.threshold)),
            unit: ($values | first_of(.unit)),
            reason: ($reason // ([$values[] | .reason // empty] | unique | if . == [] then null else join(" ") end))
          }
      ]
    } + ($found | del(.gates))
' >rust-ci-report.json

# shellcheck disable=SC2016 # The backquotes are Markdown.
jq -r '
  def shown: if . == null then "" else . * 10 | floor / 10 | tostring end;
  "### \(.workflow)\(if all(.gates[]; .state == "skipped") then ": nothing was checked yet" else "" end)",
  "",
  "| gate | result | value | why |",
  "| --- | --- | --- | --- |",
  (.gates[] | "| \(.id) | \({pass: "passed", fail: "**failed**", cancelled: "**cancelled**", skipped: "skipped"}[.state]) | \(
    if .value == null then "" else "\(.value | shown) \(.unit // "")" end)\(
    if .threshold == null then "" else ", needs \(.threshold | shown) \(.unit // "")" end) | \(.reason // "") |"),
  (.coverage | select(. != null) |
    "", "| crate | covered lines | of | |", "| --- | ---: | ---: | ---: |",
    (.crates[] | "| \(.name) | \(.covered) | \(.coverable) | \(
      if .coverable == 0 then "" else "\(.covered * 1000 / .coverable | floor / 10) %" end) |"))
' rust-ci-report.json >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"

jq -e 'all(.gates[]; .state == "pass" or .state == "skipped")' rust-ci-report.json >/dev/null
