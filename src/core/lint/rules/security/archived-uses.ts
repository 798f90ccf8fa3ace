import { rule } from '../../rule';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';

/** Repositories of actions that their owners have archived; most of actions-rs runs on a Node that is gone. */
const archived = new Set(
  `8398a7/action-slack actions-rs/audit-check actions-rs/cargo actions-rs/clippy-check
  actions-rs/components-nightly actions-rs/grcov actions-rs/install actions-rs/tarpaulin actions-rs/toolchain
  actions/create-release actions/setup-elixir actions/setup-haskell actions/setup-ruby
  actions/upload-release-asset andrewmcodes-archive/rubocop-linter-action artichoke/setup-rust
  aslafy-z/conventional-pr-title-action azure/appconfiguration-sync azure/appservice-actions azure/container-actions azure/container-scan
  azure/get-keyvault-secrets azure/k8s-actions azure/manage-azure-policy azure/publish-security-assessments
  azure/run-sqlpackage-action azure/spring-cloud-deploy azure/webapps-container-deploy cedrickring/golang-action cirrus-actions/rebase
  contributor-assistant/github-action convictional/trigger-workflow-and-wait crazy-max/ghaction-docker-buildx
  decathlon/pull-request-labeler-action dulvui/godot-android-export expo/expo-preview-action
  fabasoad/setup-zizmor-action google/mirror-branch-action gradle/gradle-build-action grafana/k6-action
  jakejarvis/s3-sync-action justinribeiro/lighthouse-action marvinpinto/action-automatic-releases
  marvinpinto/actions maxheld83/ghpages micnncim/action-lgtm-reaction orf/cargo-bloat-action
  paambaati/codeclimate-action repo-sync/pull-request semgrep/semgrep-action
  sonarsource/sonarcloud-github-action stefanprodan/kube-tools technote-space/get-diff-action
  tibdex/github-app-token trmcnvn/chrome-addon whelk-io/maven-settings-xml-action`.split(/\s+/),
);

/** What to use instead, where that is clear. */
const successors: Readonly<Record<string, string>> = {
  'actions-rs/toolchain': '"rustup toolchain install", or dtolnay/rust-toolchain',
  'actions-rs/cargo': 'a "run: cargo …" step',
  'actions-rs/clippy-check': 'a "run: cargo clippy -- -D warnings" step',
  'actions-rs/audit-check': 'a "run: cargo audit" step',
  'actions-rs/install': 'taiki-e/install-action',
  'actions-rs/tarpaulin': 'a "run: cargo tarpaulin" step',
  'actions-rs/grcov': 'cargo-llvm-cov or cargo-tarpaulin',
  'actions/create-release': '"gh release create"',
  'actions/upload-release-asset': '"gh release upload"',
  'actions/setup-ruby': 'ruby/setup-ruby',
  'tibdex/github-app-token': 'actions/create-github-app-token',
  'gradle/gradle-build-action': 'gradle/actions/setup-gradle',
};

export const archivedUses = rule({
  code: 'archived-uses',
  category: 'security',
  title: 'An action that nobody maintains',
  severity: 'warning',
  description:
    'The repository of this action is archived: holes in it stay open, and it stops to work when GitHub removes what it was built on.',
  bad: [workflowOf('- uses: actions-rs/cargo@v1\n  with:\n    command: test')],
  good: [workflowOf('- run: cargo test')],
  source: 'zizmor: archived-uses',
  files: ['workflow', 'action'],
  check: (context) => {
    for (const { uses } of allUses(context)) {
      if (uses.kind !== 'action' || !archived.has(uses.slug)) continue;
      const instead = successors[uses.slug];
      context.report(
        uses.node,
        `${uses.owner}/${uses.repo} is archived${instead === undefined ? ': nobody maintains it.' : `: use ${instead}.`}`,
        { tags: ['deprecated'] },
      );
    }
  },
});
