#!/usr/bin/env bash
# The steps of a rollback: `latest` becomes an earlier image again.
#
# usage: rollback.sh resolve  finds the image that is asked for
#          in   REGISTRY, VERSION (a tag or a digest), REASON, REQUEST
#          out  image, digest, version, previous (digest of latest), skipped and part, to $GITHUB_OUTPUT; no digest if
#               there is no image at all
#        rollback.sh apply    makes it latest
#        rollback.sh release  marks its release as the latest one, if there is one
#          in   IMAGE, DIGEST, PREVIOUS, VERSION; GH_TOKEN for the release
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=image.sh
source "$(dirname "${BASH_SOURCE[0]}")/image.sh" ''

fail() {
  echo "::error title=Rollback::$1"
  echo "**Not rolled back.** $1" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
  exit 1
}
output() { printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/stdout}"; }

# Refuses a digest ($1) that is one platform of an image, or an attestation: latest ($2) would lose the other platforms.
require_whole() {
  local tags tag whole named=''
  fetch "@$1"
  if jq -e .manifests "$work/manifest" >/dev/null; then return; fi
  fetch "@$2"
  if ! jq -e .manifests "$work/manifest" >/dev/null; then return; fi
  # Tags that begin with sha256- list signatures and attestations.
  tags=$(registry list-tags "docker://$IMAGE" | jq -r '.Tags[] | select(startswith("sha256-") | not)' | sort -Vr)
  for tag in $tags; do
    whole=$(digest_of ":$tag")
    if [[ $whole == "$1" ]]; then
      named=$tag
    elif [[ $whole ]] && jq -e --arg digest "$1" 'any(.manifests[]?; .digest == $digest)' "$work/manifest" >/dev/null; then
      fail "$1 is one platform or an attestation of an image: latest would lose the others. Use the whole image, $tag: $whole."
    fi
  done
  if [[ ! $named ]]; then
    fail "$1 is a single manifest, and no tag names it: latest could lose platforms. Use a tag, or the digest of a whole image."
  fi
}

resolve() {
  local wanted digest='' current version tags platforms
  if [[ ! $VERSION =~ ^(sha256:[0-9a-f]{64}|[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$ ]]; then
    fail 'The version is neither a tag, such as v1.2.3, nor a digest, such as sha256:…'
  fi
  if [[ $VERSION == latest ]]; then fail 'latest is what is to be moved. Name the version to go back to.'; fi
  if [[ ! $REASON =~ [^[:space:]] || $REASON == *$'\n'* || ${#REASON} -gt 500 ]]; then
    fail 'The reason must be one line of at most 500 characters.'
  fi
  if [[ ! $REQUEST =~ ^[A-Za-z0-9-]{0,64}$ ]]; then fail 'The request may have letters, digits and hyphens only.'; fi

  IMAGE=$REGISTRY/${GITHUB_REPOSITORY,,}
  output image "$IMAGE"
  # Versions are tagged without the v that begins the git tag.
  if [[ $VERSION == sha256:* ]]; then wanted=("@$VERSION"); else wanted=(":$VERSION" ":${VERSION#v}"); fi
  for reference in "${wanted[@]}"; do
    digest=$(digest_of "$reference")
    if [[ $digest ]]; then break; fi
  done
  current=$(digest_of :latest)
  if [[ ! $digest ]]; then
    tags=$(registry list-tags "docker://$IMAGE" 2>/dev/null | jq -r '.Tags[]' | grep -E '^[0-9]+\.' | sort -Vr | head -n 10 | paste -sd ' ') || true
    if [[ ! $tags && ! $current ]]; then
      output skipped '{"rollback":"There is no image yet."}'
      echo "::warning title=Rollback::There is no image $IMAGE yet, so nothing was rolled back."
      return
    fi
    fail "There is no image $VERSION. There are: ${tags:-none with a version}."
  fi
  if [[ $digest == "$current" ]]; then fail "latest is $VERSION already ($digest)."; fi
  if [[ $VERSION == sha256:* && $current ]]; then require_whole "$digest" "$current"; fi

  version=$(version_of "$digest")
  if [[ ! $version && $VERSION != sha256:* ]]; then version=${VERSION#v}; fi
  platforms=$(platforms_of "$digest" | cut -d' ' -f1)
  output digest "$digest"
  output version "$version"
  output previous "$current"
  output part "$(jq -nc --arg image "$IMAGE" --arg digest "$digest" --arg version "$version" --arg previous "$current" \
    --arg before "${current:+$(version_of "$current")}" --arg platforms "$platforms" --arg reason "$REASON" \
    --arg request "$REQUEST" '
    def filled: if . == "" then null else . end;
    {
      rollback: {
        $image, tag: "latest",
        from: (if $previous == "" then null else {digest: $previous, version: ($before | filled)} end),
        to: {$digest, version: ($version | filled)},
        platforms: ($platforms | split("\n")), $reason, actor: env.GITHUB_ACTOR, request: ($request | filled),
        done: false, release: null
      }
    }')"
  # shellcheck disable=SC2016 # The backquotes are Markdown.
  printf '### Roll back %s\n\n| | version | digest |\n| --- | --- | --- |\n| from | %s | `%s` |\n| to | %s | `%s` |\n\nPlatforms: %s\n' \
    "$IMAGE" "${current:+$(version_of "$current")}" "${current:-none}" "$version" "$digest" "${platforms//$'\n'/, }" \
    >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
}

apply() {
  local now
  now=$(digest_of :latest)
  if [[ $now != "$PREVIOUS" ]]; then
    fail "latest has moved to ${now:-nothing} since this rollback was asked for. Look at it, then start again."
  fi
  move_tag "$DIGEST" latest
}

mark_release() {
  local tag=null state
  output part '{"rollback":{"done":true}}'
  if [[ ! $VERSION ]]; then
    echo '::notice title=Release::The image names no version, so no release was marked as the latest one.'
  elif ! state=$(gh release view "v$VERSION" --repo "$GITHUB_REPOSITORY" --json isDraft,isPrerelease --jq '.isDraft or .isPrerelease' 2>&1); then
    if [[ $state != *'release not found'* ]]; then fail "latest is moved, but the releases could not be read: $state"; fi
    echo "::notice title=Release::There is no release v$VERSION to mark as the latest one."
  elif [[ $state == true ]]; then
    echo "::notice title=Release::v$VERSION is a draft or a prerelease, which cannot be the latest release."
  else
    gh release edit "v$VERSION" --repo "$GITHUB_REPOSITORY" --latest
    tag="\"v$VERSION\""
  fi
  output part "{\"rollback\":{\"done\":true,\"release\":$tag}}"
}

case ${1:-} in
  resolve) resolve ;;
  apply) apply ;;
  release) mark_release ;;
  *) echo "rollback.sh does not know \"${1:-}\"." >&2 && exit 2 ;;
esac
