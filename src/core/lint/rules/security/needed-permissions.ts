import type { Job, Step } from '../../model/workflow';
import { commandsOf } from '../../shell/commands';
import { actionName } from './all-uses';

export type Level = 'read' | 'write';
export type Permissions = ReadonlyMap<string, Level>;

/** What actions do with the token of the job; those that only read the repository, or use no token, need no more. */
const byAction: Readonly<Record<string, string>> = {
  'actions/checkout': 'contents: read',
  'actions/attest': 'id-token: write, attestations: write, contents: read',
  'actions/attest-build-provenance': 'id-token: write, attestations: write, contents: read',
  'actions/attest-sbom': 'id-token: write, attestations: write, contents: read',
  'actions/configure-pages': 'pages: read',
  'actions/create-release': 'contents: write',
  'actions/dependency-review-action': 'contents: read',
  'actions/deploy-pages': 'pages: write, id-token: write',
  'actions/first-interaction': 'issues: write, pull-requests: write',
  'actions/labeler': 'contents: read, pull-requests: write',
  'actions/stale': 'issues: write, pull-requests: write',
  'actions/upload-release-asset': 'contents: write',
  'actions-rs/audit-check': 'contents: read, checks: write, issues: write',
  'actions-rs/clippy-check': 'contents: read, checks: write',
  'amannn/action-semantic-pull-request': 'pull-requests: read',
  'dependabot/fetch-metadata': 'contents: read, pull-requests: read',
  'dorny/paths-filter': 'contents: read, pull-requests: read',
  'endbug/add-and-commit': 'contents: write',
  'github/codeql-action/analyze': 'security-events: write, actions: read, contents: read',
  'github/codeql-action/autobuild': 'contents: read',
  'github/codeql-action/init': 'actions: read, contents: read',
  'github/codeql-action/upload-sarif': 'security-events: write, actions: read, contents: read',
  'marcoieni/release-plz-action': 'contents: write, pull-requests: write',
  'googleapis/release-please-action': 'contents: write, pull-requests: write, issues: write',
  'jamesives/github-pages-deploy-action': 'contents: write',
  'marocchino/sticky-pull-request-comment': 'pull-requests: write',
  'ncipollo/release-action': 'contents: write',
  'ossf/scorecard-action': 'security-events: write, id-token: write, contents: read, actions: read',
  'peaceiris/actions-gh-pages': 'contents: write',
  'peter-evans/create-or-update-comment': 'issues: write, pull-requests: write',
  'peter-evans/create-pull-request': 'contents: write, pull-requests: write',
  'release-drafter/release-drafter': 'contents: write, pull-requests: read',
  'release-plz/action': 'contents: write, pull-requests: write',
  'rust-lang/crates-io-auth-action': 'id-token: write',
  'rustsec/audit-check': 'contents: read, checks: write, issues: write',
  'softprops/action-gh-release': 'contents: write',
  'stefanzweifel/git-auto-commit-action': 'contents: write',
  'svenstaro/upload-release-action': 'contents: write',
  'taiki-e/create-gh-release-action': 'contents: write',
  'taiki-e/upload-rust-binary-action': 'contents: write',
};

const harmless = new Set(
  `actions-rs/cargo actions-rs/grcov actions-rs/install actions-rs/tarpaulin actions-rs/toolchain
  actions-rust-lang/audit actions-rust-lang/rustfmt actions-rust-lang/setup-rust-toolchain actions/cache
  actions/cache/restore actions/cache/save actions/download-artifact actions/setup-dotnet actions/setup-go
  actions/setup-java actions/setup-node actions/setup-python actions/upload-artifact actions/upload-pages-artifact
  arduino/setup-protoc baptiste0928/cargo-install bencherdev/bencher bytecodealliance/actions/wasm-tools
  bytecodealliance/actions/wasmtime/setup cargo-bins/cargo-binstall codecov/codecov-action codespellproject/actions-codespell
  coverallsapp/github-action crate-ci/typos docker/build-push-action docker/metadata-action docker/setup-buildx-action
  docker/setup-qemu-action dprint/check dtolnay/install dtolnay/rust-toolchain embarkstudios/cargo-deny-action
  extractions/setup-just foresterre/cargo-msrv hecrj/setup-rust-action houseabsolute/actions-rust-cross ilammy/msvc-dev-cmd
  ilammy/setup-nasm jetli/wasm-bindgen-action jetli/wasm-pack-action katyo/publish-crates leafo/gh-actions-lua
  lukka/get-cmake mozilla-actions/sccache-action msys2/setup-msys2 mymindstorm/setup-emsdk
  nick-fields/retry obi1kenobi/cargo-semver-checks-action pyo3/maturin-action
  pypa/gh-action-pypi-publish raftario/setup-rust-action ruby/setup-ruby rui314/setup-mold seanmiddleditch/gha-setup-ninja
  actions/create-github-app-token astral-sh/setup-uv atiltedtree/setup-rust boshen/setup-rust briansmith/actions-checkout
  briansmith/actions-rs-toolchain clementtsang/cargo-action davidb/rust-cargo-make denoland/setup-deno dsherret/rust-toolchain-file
  jetli/trunk-action jirutka/setup-alpine kylemayes/install-llvm-action leafwing-studios/cargo-cache nttld/setup-ndk
  oxc-project/setup-rust peaceiris/actions-mdbook rustcrypto/actions/cargo-cache rustcrypto/actions/cargo-hack-install
  sfackler/actions/rustfmt sfackler/actions/rustup test-summary/action
  swatinem/rust-cache taiki-e/cache-cargo-install-action taiki-e/checkout-action taiki-e/install-action
  taiki-e/setup-cross-toolchain-action vmactions/freebsd-vm uraimo/run-on-arch-action`.split(/\s+/),
);

/** What a job needs; undefined where something in it uses the token in a way that is not known. */
export function neededBy(job: Job): Permissions | undefined {
  if (job.uses !== undefined) return undefined;
  const needed = new Map<string, Level>([['contents', 'read']]);
  for (const step of job.steps) {
    const found = ofStep(step);
    if (found === undefined) return undefined;
    for (const [scope, level] of found) if (needed.get(scope) !== 'write') needed.set(scope, level);
  }
  return needed;
}

function ofStep(step: Step): Permissions | undefined {
  const { uses, run } = step;
  if (run !== undefined) return ofScript(step);
  if (uses?.kind === 'docker') return mentionsToken(step) ? undefined : new Map();
  if (uses?.kind !== 'action') return undefined;
  const name = actionName(uses);
  if (name === 'docker/login-action')
    return (step.with?.scalar('registry')?.text ?? '').includes('ghcr.io')
      ? parse('contents: read, packages: write')
      : new Map();
  if (name === 'codecov/codecov-action' && step.with?.scalar('use_oidc')?.text === 'true')
    return parse('id-token: write');
  const known = byAction[name];
  if (known !== undefined) return parse(known);
  return harmless.has(name) ? new Map() : undefined;
}

function ofScript(step: Step): Permissions | undefined {
  const found = new Map<string, Level>();
  if (step.run === undefined) return found;
  let explained = false;
  for (const { words } of commandsOf(step.run)) {
    const [program, first, second] = words.map(({ text }) => text);
    if (program === 'git' && first === 'push') found.set('contents', 'write');
    else if (program === 'gh') {
      if (first === 'release')
        found.set(
          'contents',
          second === 'view' || second === 'download' || second === 'list' ? (found.get('contents') ?? 'read') : 'write',
        );
      else if (first === 'pr' || first === 'issue') {
        const reads = /^(?:view|list|diff|checks|status|checkout)$/.test(second ?? '');
        found.set(first === 'pr' ? 'pull-requests' : 'issues', reads ? 'read' : 'write');
        if (second === 'merge') found.set('contents', 'write');
      } else if (first === 'run' || first === 'workflow' || first === 'cache')
        found.set('actions', /^(?:run|enable|disable|cancel|rerun|delete)$/.test(second ?? '') ? 'write' : 'read');
      else return undefined;
    } else continue;
    explained = true;
  }
  return !explained && mentionsToken(step) ? undefined : found;
}

function mentionsToken(step: Step): boolean {
  const texts = [...(step.env?.entries ?? []), ...(step.with?.entries ?? [])].map(({ value }) =>
    value.kind === 'scalar' ? value.text : '',
  );
  return [...texts, step.run?.text ?? ''].some((text) =>
    /secrets\.github_token|github\.token|\bGITHUB_TOKEN\b|\bGH_TOKEN\b/i.test(text),
  );
}

export function parse(list: string): Permissions {
  return new Map(
    list.split(', ').map((item) => {
      const [scope = '', level] = item.split(': ');
      return [scope, level === 'write' ? 'write' : 'read'];
    }),
  );
}
