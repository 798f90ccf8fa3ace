#!/usr/bin/env bash
# Finds what there is to check in the files of this commit, and says what is skipped and why.
#
# usage: detect.sh GATE...   the gates of the calling workflow
# in     CARGO_ROOTS         folders with a Cargo workspace or package, separated by spaces
#        CARGO_FEATURES      "auto", "default", or the flags that choose features, e.g. "--features tls"
# out    to $GITHUB_OUTPUT, as JSON unless said otherwise:
#        cargo      the folders with a Cargo.toml: [{root, locked, features, doctests}], where locked is "--locked" if
#                   Cargo.lock is committed, features are flags for cargo, doctests says whether there are any
#        tests      those of them with unit or integration tests; tested-folders: their names as text, one a line
#        libraries  those of them with a library that is published
#        msrv       [{root, locked, rust, packages}], one for each rust-version; packages are flags for cargo
#        benches    [{root, locked, features, package, folder, select, bench}], the Criterion benchmarks; folder is that of
#                   the package, select are the flags that cargo needs there to take this package alone
#        binaries   [{root, locked, package, folder, select, name, version}]
#        versions   of all packages: ["1.2.3"]
#        docker     "true" or "false"; dockerfile: its path, as text; context: the folder that it is built in, as text
#        skipped    gate -> reason
set -euo pipefail

output() { printf '%s<<END_OF_OUTPUT\n%s\nEND_OF_OUTPUT\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/stdout}"; }
summary() { printf '%s\n' "$@" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"; }
files() { git -c core.quotePath=false ls-files --cached --others --exclude-standard -- "$@"; }

# Rust attributes and macros that make a test, outside of comments and strings.
test_pattern='^([^/"]|/[^/"])*(#\[[[:space:]]*(cfg_attr\([^"]*,[[:space:]]*)?([A-Za-z_][A-Za-z0-9_]*::)*(test|rstest|test_case|test_matrix|case|proptest|quickcheck|wasm_bindgen_test|test_log|googletest|traced_test)([][[:space:](,)]|$)|(proptest|quickcheck|rusty_fork_test)![[:space:]]*[({])'

# Prints the .rs files of the packages on standard input (folders, relative to the repository), without those of packages
# that lie below them and are not among them.
sources() {
  awk 'FILENAME == ARGV[1] { member[$0] = 1; next }
    FILENAME == ARGV[2] { sub(/\/?Cargo\.toml$/, ""); package[$0 == "" ? "." : $0] = 1; next }
    {
      folder = $0
      do {
        if (!sub(/\/[^\/]*$/, "", folder)) folder = "."
      } while (!(folder in package) && folder != ".")
      if (folder in member) print
    }' /dev/stdin <(files 'Cargo.toml' '**/Cargo.toml') <(files '*.rs')
}

# Those of the files on standard input that have a code block in their documentation that cargo runs or compiles.
# shellcheck disable=SC2016 # The backquotes are Markdown.
with_doctests() {
  tr '\n' '\0' | xargs -0 -r awk '
    FNR == 1 { inside = 0 }
    match($0, /^[[:space:]]*\/\/[\/!][[:space:]]*(```+|~~~+)/) {
      if (inside) { inside = 0; next }
      inside = 1
      info = substr($0, RSTART + RLENGTH)
      gsub(/[[:space:]]+/, "", info)
      if (info ~ /^((rust|should_panic|no_run|compile_fail|test_harness|standalone_crate|standalone|edition20[0-9][0-9]|E[0-9]+),?)*$/)
        print FILENAME
    }'
}

# Those of the files on standard input that have a test function.
with_tests() {
  grep -vE '(^|/)(examples|benches)/' | tr '\n' '\0' | xargs -0 -r grep -lE "$test_pattern" || true
}

# Where cargo takes a package alone. Its name is not enough: the package may have a published version of itself among its
# dependencies, as many that Criterion needs do. At the root of a workspace the default may be another package.
# shellcheck disable=SC2016 # The dollars are jq's.
place='def place($all): (.manifest_path | rtrimstr("/Cargo.toml")) as $path | {
    folder: (if $path == $top then "." else $path | ltrimstr($top + "/") end),
    select: (if $path == $all.workspace_root and ($all.workspace_default_members // [.id]) != [.id] then "--package \(.name)" else "" end)
  };'

# Describes one folder as JSON.
describe() {
  local root=$1 metadata packages list unit=false doc=false benches nightly flags locked=''
  if ! metadata=$(cd "$root" && cargo metadata --no-deps --format-version 1); then
    echo "::error file=$([[ $root == . ]] || echo "$root/")Cargo.toml,title=Cargo.toml::cargo cannot read this manifest; see the log of this step." >&2
    return 1
  fi
  # Folders of the packages, relative to the repository.
  packages=$(jq -r --arg top "$PWD" \
    '.packages[].manifest_path | rtrimstr("/Cargo.toml") | if . == $top then "." else ltrimstr($top + "/") end' <<<"$metadata")
  list=$(sources <<<"$packages")
  if jq -e 'any(.packages[].targets[]; .kind | index("test"))' <<<"$metadata" >/dev/null; then
    unit=true
  elif [[ $(with_tests <<<"$list") ]]; then
    unit=true
  fi
  if jq -e 'any(.packages[].targets[]; .doctest and .kind != ["bin"])' <<<"$metadata" >/dev/null && [[ $(with_doctests <<<"$list") ]]; then
    doc=true
  fi
  benches=$(jq -c --arg top "$PWD" "$place"'
    . as $all | .packages[] | select(any(.dependencies[]; .name == "criterion" or .rename == "criterion"))
    | ({package: .name} + place($all)) as $package | .targets[] | select(.kind == ["bench"])
    | .src_path, $package + {bench: .name}' <<<"$metadata" |
    while read -r source && read -r bench; do
      if grep -q criterion "$(jq -r . <<<"$source")"; then echo "$bench"; fi
    done | jq -sc .)
  if [[ -f $(jq -r .workspace_root <<<"$metadata")/Cargo.lock ]]; then locked=--locked; fi
  flags=${CARGO_FEATURES:-auto}
  if [[ $flags == default ]]; then
    flags=''
  elif [[ $flags == auto ]]; then
    flags=--all-features
    nightly=$(jq -r '[.packages[].features | keys[] | select(test("^(nightly|unstable)"))] | unique | join(", ")' <<<"$metadata")
    if [[ $nightly && $(cd "$root" && rustc --version) != *nightly* ]]; then flags=''; fi
  fi
  jq -c --arg root "$root" --argjson unit "$unit" --argjson doc "$doc" --argjson benches "$benches" \
    --arg locked "$locked" --arg features "$flags" --arg top "$PWD" "$place"'
    # The features that are on by default, from the table of all features.
    def by_default: . as $all | def grow:
        . as $known | ($known + [$known[] | $all[.] // empty | .[]] | unique) | if . == $known then . else grow end;
      ["default"] | grow;
    {
      $root, $unit, $doc, $benches, $locked, $features,
      packages: (.packages | length), versions: [.packages[].version],
      unstable: [.packages[].features | keys[] | select(test("^(nightly|unstable)"))] | unique,
      library: any(.packages[]; .publish != [] and any(.targets[]; .kind - ["lib", "rlib", "proc-macro"] != .kind)),
      # The others are excluded, because a name may stand for a dependency, too, but only here.
      msrv: (.packages as $packages | [.packages[].rust_version // empty] | unique | map(. as $rust | {
        $rust, packages: (["--workspace", ($packages[] | select(.rust_version != $rust) | "--exclude \(.name)")] | join(" "))
      })),
      # As with cargo install, a program that asks for a feature which is off is not meant for everybody.
      binaries: [. as $all | .packages[] as $package | $package.targets[]
        | select(.kind == ["bin"] and ((.["required-features"] // []) - ($package.features | by_default) == []))
        | {package: $package.name, name, version: $package.version} + ($package | place($all))]
    }' <<<"$metadata"
}

found='[]'
missing=()
for root in ${CARGO_ROOTS:-.}; do
  if [[ -f $root/Cargo.toml ]]; then
    described=$(describe "$root")
    found=$(jq -c --argjson next "$described" '. + [$next]' <<<"$found")
  else
    missing+=("$root")
  fi
done

containers=$(files | grep -E '(^|/)(Dockerfile|Containerfile|Dockerfile\.[^/]+|[^/]+\.Dockerfile)$' |
  grep -vE '(^|/)(\.devcontainer|\.github|tests?|fixtures|examples|vendor|node_modules|target)/' |
  awk '{ print gsub("/", "/"), $0 }' | sort -k1,1n -k2 | cut -d' ' -f2-) || true
docker=false
if [[ $containers ]]; then docker=true; fi
dockerfile=$(head -n 1 <<<"$containers")
# Beside the manifest of a project in a subfolder, it is written for that folder, otherwise for the whole repository.
context=.
if jq -e --arg folder "${dockerfile%/*}" 'any(.[]; .root == $folder)' <<<"$found" >/dev/null; then context=${dockerfile%/*}; fi

skipped=$(jq -c --argjson docker "$docker" '
  . as $found | map(.root) as $cargo
  | def reason:
      if . == "gitleaks" or . == "workflows" then null
      elif . == "image" then if $docker then null else "There is no Dockerfile." end
      elif . == "trivy" and $docker then null
      elif $cargo == [] then "There is no Cargo.toml yet."
      elif . == "coverage" or . == "miri" then
        if any($found[]; .unit) then null
        elif any($found[]; .doc) then "There are only documentation tests, which stable Rust cannot measure."
        else "There are no tests yet." end
      elif . == "msrv" then if any($found[]; .msrv != []) then null else "No package sets rust-version." end
      elif . == "semver" then if any($found[]; .library) then null else "There is no library that is published." end
      elif . == "benchmarks" then if any($found[]; .benches != []) then null else "There is no Criterion benchmark." end
      elif . == "build" then if any($found[]; .binaries != []) then null else "There is no binary target." end
      else null end;
  [$ARGS.positional[] | {key: ., value: reason}] | map(select(.value)) | from_entries
' --args "$@" <<<"$found")

project='{root, locked, features, doctests: .doc}'
output cargo "$(jq -c "map($project)" <<<"$found")"
output tests "$(jq -c "map(select(.unit) | $project)" <<<"$found")"
output libraries "$(jq -c "map(select(.library) | $project)" <<<"$found")"
output msrv "$(jq -c 'map({root, locked} + .msrv[])' <<<"$found")"
output benches "$(jq -c 'map({root, locked, features} + .benches[])' <<<"$found")"
output binaries "$(jq -c 'map({root, locked} + .binaries[])' <<<"$found")"
output tested-folders "$(jq -r '.[] | select(.unit).root' <<<"$found")"
output versions "$(jq -c 'map(.versions[]) | unique' <<<"$found")"
output docker "$docker"
output dockerfile "$dockerfile"
output context "$context"
output skipped "$skipped"

if [[ $found == '[]' ]]; then
  # shellcheck disable=SC2016 # The backquotes are Markdown.
  summary '### Nothing was checked yet' '' "There is no Cargo.toml in $(printf '`%s` ' "${missing[@]}")yet."
  elsewhere=$(files '**/Cargo.toml' | sed 's|/Cargo.toml$||' | head -n 5 | paste -sd ' ')
  if [[ $elsewhere ]]; then
    summary '' "There is one in: $elsewhere. Add the folder to \`CARGO_ROOTS\` in the workflows to have it checked."
    echo "::warning title=Nothing is checked::No Cargo.toml in ${missing[*]}, but in $elsewhere. Set CARGO_ROOTS in the workflows."
  fi
else
  summary '### What there is to check' '' \
    '| folder | packages | tests | documentation tests | rust-version | Criterion | binaries | Cargo.lock |' \
    '| --- | ---: | --- | --- | --- | --- | --- | --- |'
  summary "$(jq -r 'def yes: if . then "yes" else "no" end; .[] | "| \(.root) | \(.packages) | \(.unit | yes) | \(.doc | yes) | \(
    [.msrv[].rust] | join(", ")) | \([.benches[].bench] | join(", ")) | \([.binaries[].name] | join(", ")) | \(.locked != "" | yes) |"' <<<"$found")"
  for root in "${missing[@]}"; do
    summary '' "**$root is not checked**: it has no Cargo.toml."
    echo "::warning title=Not checked::$root has no Cargo.toml. Correct CARGO_ROOTS in the workflows."
  done
  jq -r '.[] | select(.features == "" and .unstable != []) |
    "\n\(.root) is checked with its default features: \(.unstable | join(", ")) may need a nightly compiler. Set `CARGO_FEATURES` to choose others."' \
    <<<"$found" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
fi
if [[ $skipped != '{}' ]]; then
  summary '' '| skipped | why |' '| --- | --- |' "$(jq -r 'to_entries[] | "| \(.key) | \(.value) |"' <<<"$skipped")"
fi
