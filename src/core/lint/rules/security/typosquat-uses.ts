import { rule } from '../../rule';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';
import { knownActions } from '../../catalogue/catalogue';

/** Actions that are used so much that a name next to theirs is a mistake or an attack. */
const popular = `actions/cache actions/checkout actions/configure-pages actions/create-github-app-token
  actions/dependency-review-action actions/deploy-pages actions/download-artifact actions/github-script actions/labeler
  actions/setup-dotnet actions/setup-go actions/setup-java actions/setup-node actions/setup-python actions/stale
  actions/upload-artifact actions/upload-pages-artifact astral-sh/setup-uv aws-actions/configure-aws-credentials
  azure/login codecov/codecov-action dependabot/fetch-metadata docker/build-push-action docker/login-action
  docker/metadata-action docker/setup-buildx-action docker/setup-qemu-action dorny/paths-filter dtolnay/rust-toolchain
  github/codeql-action google-github-actions/auth google-github-actions/setup-gcloud goreleaser/goreleaser-action
  gradle/actions hashicorp/setup-terraform jamesives/github-pages-deploy-action mikefarah/yq ncipollo/release-action
  peaceiris/actions-gh-pages peter-evans/create-pull-request pnpm/action-setup pre-commit/action
  pypa/gh-action-pypi-publish release-drafter/release-drafter ruby/setup-ruby shivammathur/setup-php
  slackapi/slack-github-action softprops/action-gh-release step-security/harden-runner
  styfle/cancel-workflow-action swatinem/rust-cache taiki-e/install-action tj-actions/changed-files
  actions-rust-lang/setup-rust-toolchain`.split(/\s+/);

let owners: ReadonlyMap<string, readonly string[]> | undefined;

function ownersByRepository(): ReadonlyMap<string, readonly string[]> {
  if (owners !== undefined) return owners;
  const map = new Map<string, string[]>();
  for (const name of popular) {
    const [owner = '', repository = ''] = name.split('/');
    map.set(repository, [...(map.get(repository) ?? []), owner]);
  }
  return (owners = map);
}

export const typosquatUses = rule({
  code: 'typosquat-uses',
  category: 'security',
  title: 'The name of an action is one letter off',
  severity: 'error',
  description:
    'The owner differs in one letter from that of a much used action. Such names are registered by attackers who wait for the typing mistake.',
  bad: [
    workflowOf('- uses: actons/checkout@v7\n  with:\n    persist-credentials: false'),
    workflowOf('- uses: Swatinm/rust-cache@v2'),
  ],
  good: [
    workflowOf('- uses: actions/checkout@v7\n  with:\n    persist-credentials: false'),
    workflowOf('- uses: acme/checkout@v1'),
  ],
  source: 'zizmor: typosquat-uses',
  files: ['workflow', 'action'],
  check: (context) => {
    for (const { uses } of allUses(context)) {
      if (uses.kind !== 'action') continue;
      const candidates = ownersByRepository().get(uses.repo.toLowerCase());
      const owner = uses.owner.toLowerCase();
      if (candidates === undefined || candidates.includes(owner)) continue;
      const meant = candidates.find((candidate) => oneOff(owner, candidate));
      if (meant === undefined) continue;
      const name =
        knownActions()
          .find((known) => known.toLowerCase() === `${meant}/${uses.repo.toLowerCase()}`)
          ?.split('/')[0] ?? meant;
      context.report(uses.node, `"${uses.owner}/${uses.repo}" is one letter off "${name}/${uses.repo}".`, {
        fixes: [
          context.edit.fix(
            `Replace with "${name}/${uses.repo}"`,
            context.edit.setScalar(uses.node, name + uses.text.slice(uses.owner.length)),
          ),
        ],
      });
    }
  },
});

/** One letter added, left out, replaced or swapped with its neighbour. */
function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a.charAt(start) === b.charAt(start)) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.charAt(a.length - 1 - end) === b.charAt(b.length - 1 - end)) end++;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return x.length + y.length <= 2 || (x.length === 2 && y.length === 2 && x === y.charAt(1) + y.charAt(0));
}
