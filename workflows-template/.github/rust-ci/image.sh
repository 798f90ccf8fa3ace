#!/usr/bin/env bash
# What container.yml and rollback.yml do with images that are in the registry.
#
# usage: image.sh login    logs in to REGISTRY with TOKEN
#        image.sh release  gives DIGEST of IMAGE the tag VERSION (if set), and `latest` unless that is a newer version
# in     IMAGE         name with registry, e.g. ghcr.io/owner/name
#        SKOPEO_FLAGS  flags that come before skopeo's command
# Sourced, it gives the functions alone.
set -euo pipefail

# shellcheck disable=SC2086 # These are several flags, or none.
registry() { skopeo ${SKOPEO_FLAGS:-} "$@"; }

# Writes the manifest of a tag or digest (":tag", "@digest") to $work/manifest as it is; status 3 if there is none.
fetch() {
  if registry inspect --raw "docker://$IMAGE$1" >"$work/manifest" 2>"$work/errors"; then return; fi
  if grep -qiE 'manifest unknown|name unknown' "$work/errors"; then return 3; fi
  cat "$work/errors" >&2
  echo "::error title=Registry::$IMAGE$1 could not be read; see the log." >&2
  return 1
}

# Prints the digest of a tag or digest, nothing if there is none.
digest_of() {
  local status=0
  fetch "$1" || status=$?
  if ((status == 0)); then echo "sha256:$(sha256sum <"$work/manifest" | cut -d' ' -f1)"; fi
  ((status == 0 || status == 3))
}

# Prints the manifests of an image's platforms, "PLATFORM DIGEST" a line; a plain image is its own and only one.
platforms_of() {
  fetch "@$1"
  if jq -e .manifests "$work/manifest" >/dev/null; then
    # Attestations are listed among the platforms, as "unknown".
    jq -r '.manifests[] | select(.platform.os != "unknown") |
      "\([.platform.os, .platform.architecture, .platform.variant // empty] | join("/")) \(.digest)"' "$work/manifest"
  else
    echo "$(registry inspect --config --raw "docker://$IMAGE@$1" | jq -r '"\(.os)/\(.architecture)"') $1"
  fi
}

# Prints the version that a digest's labels name, nothing if they name none.
version_of() {
  local first
  first=$(platforms_of "$1" | head -n 1 | cut -d' ' -f2)
  registry inspect --config --raw "docker://$IMAGE@$first" |
    jq -r '.config.Labels["org.opencontainers.image.version"] // ""'
}

# Gives a digest a tag and makes sure that the tag then stands for it, with every platform.
move_tag() {
  local target=$1 tag=$2 now platform child
  registry copy --all --preserve-digests "docker://$IMAGE@$target" "docker://$IMAGE:$tag"
  now=$(digest_of ":$tag")
  if [[ $now != "$target" ]]; then
    echo "::error title=Image::$IMAGE:$tag should be $target, but is ${now:-missing}."
    return 1
  fi
  while read -r platform child; do
    if [[ $(digest_of "@$child") != "$child" ]]; then
      echo "::error title=Image::$IMAGE:$tag has lost $platform ($child)."
      return 1
    fi
  done < <(platforms_of "$target")
  echo "$IMAGE:$tag is $target."
}

release() {
  local tags=() latest
  if [[ ! ${VERSION:-} ]]; then
    echo 'No version: the image keeps the tag of its commit alone.'
  else
    move_tag "$DIGEST" "$VERSION"
    tags+=("$VERSION")
    latest=$(digest_of :latest)
    if [[ $latest ]]; then latest=$(version_of "$latest"); fi
    if [[ $VERSION == *-* ]]; then
      echo 'A prerelease: latest stays where it is.'
    elif [[ $latest =~ ^[0-9]+\.[0-9]+\.[0-9]+$ && $latest != "$VERSION" && $(printf '%s\n' "$latest" "$VERSION" | sort -V | tail -n 1) == "$latest" ]]; then
      echo "::notice title=Image::latest is $latest, which is newer than $VERSION: it stays."
    else
      move_tag "$DIGEST" latest
      tags+=(latest)
    fi
  fi
  platforms_of "$DIGEST" | jq -cR --arg name "$IMAGE" --arg digest "$DIGEST" --arg version "${VERSION:-}" --arg commit "$COMMIT" -n '{
    image: {
      $name, $digest, version: (if $version == "" then null else $version end),
      tags: ["sha-\($commit)", $ARGS.positional[]], platforms: [inputs | split(" ")[0]]
    }
  }' --args "${tags[@]}" | sed 's/^/part=/' >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case ${1:-} in
  login) registry login --username "$GITHUB_ACTOR" --password-stdin "$REGISTRY" <<<"$TOKEN" ;;
  release) release ;;
  '') ;;
  *) echo "image.sh does not know \"$1\"." >&2 && exit 2 ;;
esac
