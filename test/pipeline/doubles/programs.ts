import type { MachineSetUp } from '../runner/machine.js';
import { pinnedVersion, toolFile } from '../tools/cache.js';

/**
 * Trivy without its database: prints how it was called, leaves an empty report where one was asked for, and finds
 * something in what `finds` matches (a regular expression for the arguments).
 */
export function trivy(finds = '^$'): string {
  return `#!/usr/bin/env bash
set -euo pipefail
echo "trivy $*"
all="$*"
while (($# > 0)); do
  if [[ $1 == --output ]]; then printf '{"version":"2.1.0","runs":[]}' >"$2"; fi
  shift
done
[[ ! $all =~ ${finds} ]]
`;
}

/**
 * Serves the one download that the workflows make without an action: the release archive of gitleaks, packed from the
 * gitleaks that the tests built. Any other address is refused, so that nothing slips out to the network unseen.
 */
function curl(): string {
  const version = pinnedVersion('gitleaks') ?? '';
  const archive = `gitleaks_${version}_linux_x64.tar.gz`;
  return `#!/usr/bin/env bash
set -euo pipefail
while (($# > 1)); do
  if [[ $1 == --output ]]; then output=$2; fi
  shift
done
if [[ $1 != https://github.com/gitleaks/gitleaks/releases/download/v${version}/${archive} ]]; then
  echo "curl: the tests have no answer for $1" >&2
  exit 6
fi
tar -czf "$output" -C '${toolFile('gitleaks').replace(/\/gitleaks$/, '')}' gitleaks
`;
}

/** The archive above is ours, so its published checksum can't be compared; every other file is checked for real. */
const sha256sum = `#!/usr/bin/env bash
set -euo pipefail
if [[ $* == '--check --strict' ]]; then
  read -r sum file
  if [[ $sum =~ ^[0-9a-f]{64}$ && $file == gitleaks_*_linux_x64.tar.gz && -f $file ]]; then exit 0; fi
  exec /usr/bin/sha256sum --check --strict <<<"$sum  $file"
fi
exec /usr/bin/sha256sum "$@"
`;

/**
 * Cargo, but `cargo publish` stops before the upload: nothing of a test may ever reach crates.io. Everything before that,
 * and `--dry-run`, is real.
 */
const cargo = `#!/usr/bin/env bash
set -euo pipefail
if [[ \${1:-} == publish && " $* " != *' --dry-run '* ]]; then
  if [[ ! \${CARGO_REGISTRY_TOKEN:-} ]]; then echo 'error: no token found' >&2; exit 101; fi
  "$HOME/.cargo/bin/cargo" "$@" --dry-run
  echo "published: $*"
else
  exec "$HOME/.cargo/bin/cargo" "$@"
fi
`;

/** What is on GitHub's machines, or is fetched there, and can't be had here. */
export function machineOfGitHub(): MachineSetUp {
  return { programs: { cargo, curl: curl(), sha256sum, trivy: trivy() }, repositories: {}, files: {}, variables: {} };
}
