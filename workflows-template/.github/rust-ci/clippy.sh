#!/usr/bin/env bash
# Runs cargo clippy and marks what it finds in the changed files of a pull request.
#
# usage: clippy.sh FOLDER PART [FLAG]...   the folder of a Cargo workspace, where to write the part of the report,
#                                          flags for cargo clippy
set -euo pipefail

root=$1
part=$2
shift 2
messages=$(mktemp)
status=0
(cd "$root" && cargo clippy --workspace --all-targets --message-format json-diagnostic-rendered-ansi "$@" -- -D warnings) \
  >"$messages" || status=$?

# The same finding comes once for each target that a file is part of.
findings=$(jq -c --arg prefix "${root#.}" -s '
  [.[] | select(.reason == "compiler-message" and (.message.level == "error" or .message.level == "warning"))
    | .message | (.spans | map(select(.is_primary)) | .[0]) as $span | select($span)
    | {
        file: "\($prefix | if . == "" then "" else . + "/" end)\($span.file_name)", line: $span.line_start,
        column: $span.column_start, code: (.code.code // "error"), text: .message, rendered: .rendered
      }] | unique_by([.file, .line, .column, .code, .text])' "$messages")
jq -r '.[].rendered' <<<"$findings"
jq -r 'def escaped: gsub("%"; "%25") | gsub("\r"; "%0D") | gsub("\n"; "%0A");
  .[] | "::error file=\(.file),line=\(.line),col=\(.column),title=\(.code | gsub(":"; "%3A"))::\(.text | escaped)"' <<<"$findings"

mkdir -p "$(dirname "$part")"
jq '{gates: [{id: "clippy", value: length, threshold: null, unit: "findings", reason: null}]}' <<<"$findings" >"$part"
rm -f "$messages"
exit "$status"
