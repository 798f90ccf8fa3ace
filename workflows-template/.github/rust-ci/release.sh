#!/usr/bin/env bash
# What release.yml decides and publishes. `release-*` branches give a staging prerelease, tags vX.Y.Z the real one.
#
# usage: release.sh plan     out  to $GITHUB_OUTPUT: kind ("staging", "production" or "none"), tag, version,
#                                 builds (what to build: "FOLDER<tab>FLAGS FOR CARGO" a line), programs (their names),
#                                 skipped (gate -> reason, JSON)
#                            in   BINARIES, CARGO (what detect.sh found), GATES (skipped, as detect.sh says)
#        release.sh draft    makes a draft of the release TAG with the files in $RUNNER_TEMP/dist: nobody but the team sees it.
#        release.sh publish  makes the draft public. From then on it may be immutable, so it is complete by now.
#                            in   KIND, TAG; GH_TOKEN and GH_REPO for gh
set -euo pipefail

output() { printf '%s<<END_OF_OUTPUT\n%s\nEND_OF_OUTPUT\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/stdout}"; }
fail() {
  echo "::error title=Release::$1"
  exit 1
}

# Prints the packages whose version is that of the release, "NAME VERSION" a line: those at the root of a workspace; if
# there is none those with a binary; if there is none all.
leading_packages() {
  jq -r '.[].root' <<<"$CARGO" | while read -r root; do
    (cd "$root" && cargo metadata --no-deps --format-version 1)
  done | jq -rs '
    [.[] | .workspace_root as $root | .packages[] | {
      name, version, top: (.manifest_path == "\($root)/Cargo.toml"),
      binary: (.name != "xtask" and any(.targets[]; .kind == ["bin"]))
    }]
    | if any(.[]; .top) then map(select(.top)) elif any(.[]; .binary) then map(select(.binary)) else . end
    | .[] | "\(.name) \(.version)"'
}

plan() {
  local packages versions stage version='' tag='' why='' programs
  packages=$(leading_packages)
  versions=$(cut -d' ' -f2 <<<"$packages" | sort -u)
  if [[ ! $packages ]]; then
    stage=none why='There is no Cargo.toml yet.'
  elif [[ $GITHUB_REF_TYPE == tag ]]; then
    if [[ $GITHUB_REF_NAME =~ ^v([0-9]+\.[0-9]+\.[0-9]+)$ ]]; then
      stage=production tag=$GITHUB_REF_NAME version=${BASH_REMATCH[1]}
      if ! grep -qxF "$version" <<<"$versions"; then
        fail "The tag $tag and Cargo.toml disagree: $(paste -sd ',' <<<"$packages" | sed 's/,/, /g'). Correct the version, or the tag."
      fi
    else
      stage=none why="$GITHUB_REF_NAME is not a release: its tag would be like v1.2.3."
    fi
  else
    stage=staging version=$versions
    if [[ $versions == *$'\n'* ]]; then
      version=${GITHUB_REF_NAME#release-}
      version=${version#v}
      if ! grep -qxF "$version" <<<"$versions"; then
        fail "The packages have several versions ($(paste -sd ',' <<<"$packages" | sed 's/,/, /g')): name the branch release-VERSION after one of them."
      fi
    fi
    # Every run has its own tag: one that was released once may never be used again. It can't start a production release,
    # because that takes a tag without suffix.
    if [[ $version == *-* ]]; then tag=v$version.$GITHUB_RUN_NUMBER; else tag=v$version-rc.$GITHUB_RUN_NUMBER; fi
    if ((GITHUB_RUN_ATTEMPT > 1)); then tag+=.$GITHUB_RUN_ATTEMPT; fi
  fi

  programs=$(jq -c --arg version "$version" 'map(select(.version == $version and .package != "xtask"))' <<<"$BINARIES")
  output kind "$stage"
  output tag "$tag"
  output version "$version"
  output programs "$(jq -r '.[].name' <<<"$programs")"
  output builds "$(jq -r 'group_by([.root, .folder])[] | .[0] as $first
    | [$first.select, (.[] | "--bin \(.name)"), $first.locked] | map(select(. != "")) | "\($first.folder)\t\(join(" "))"' <<<"$programs")"
  output part "$(jq -nc --arg kind "$stage" --arg tag "$tag" --arg version "$version" '
    if $kind == "none" then {} else {release: {$tag, $version, environment: $kind, url: null, assets: []}} end')"
  output skipped "$(jq -c --arg kind "$stage" --arg why "$why" --argjson programs "$programs" '
    . + (if $kind == "none" then {build: $why, "publish-staging": $why, "publish-production": $why}
      elif $kind == "staging" then {"publish-production": "This is a staging release."}
      else {"publish-staging": "This is a production release."} end)
    + (if $kind != "none" and $programs == [] then {build: (.build // "No binary has this version.")} else {} end)' <<<"$GATES")"
  if [[ $stage == none ]]; then
    echo "### Nothing to release" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
    echo "$why" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/stdout}"
  else
    printf '### %s release %s\n\nPrograms: %s\n' "$stage" "$tag" "$(jq -r 'map(.name) | join(", ")' <<<"$programs")" \
      >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
  fi
}

draft() {
  local state flags=()
  shopt -s nullglob
  if state=$(gh release view "$TAG" --json isDraft --jq .isDraft 2>&1); then
    if [[ $state != true ]]; then fail "$TAG is published already. A release is never replaced: release a new version."; fi
    # What an attempt that failed has left.
    gh release delete "$TAG" --yes
  elif [[ $state != *'release not found'* ]]; then
    fail "Whether $TAG is released already cannot be found out: $state"
  fi
  if [[ $KIND == staging ]]; then flags=(--prerelease --target "$GITHUB_SHA"); else flags=(--verify-tag); fi
  gh release create "$TAG" --draft --title "$TAG" --generate-notes "${flags[@]}" "$RUNNER_TEMP"/dist/*
}

publish() {
  local newest flags=() release
  if [[ $KIND == production ]]; then
    # A correction of an older line does not become the latest release.
    newest=$(gh release list --exclude-drafts --exclude-pre-releases --limit 1000 --json tagName --jq '.[].tagName' |
      { grep -E '^v[0-9]+\.[0-9]+\.[0-9]+$' || true; cat <<<"$TAG"; } | sort -V | tail -n 1)
    if [[ $newest == "$TAG" ]]; then flags=(--latest); else flags=(--latest=false); fi
  fi
  gh release edit "$TAG" --draft=false "${flags[@]}"
  release=$(gh release view "$TAG" --json url,assets)
  output part "$(jq -c '{release: {url, assets: [.assets[] | {name, size, sha256: (.digest // "" | ltrimstr("sha256:") | if . == "" then null else . end)}]}}' <<<"$release")"
}

case ${1:-} in
  plan) plan ;;
  draft) draft ;;
  publish) publish ;;
  *) echo "release.sh does not know \"${1:-}\"." >&2 && exit 2 ;;
esac
