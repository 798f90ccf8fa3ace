/** An action at the commit of a release. */
export interface ActionPin {
  version: string;
  /** Full commit SHA of that version. */
  sha: string;
}

/** The actions that the templates use. A unit test keeps both alike. As of August 2026. */
export const actionPins: Readonly<Record<string, ActionPin>> = {
  'Swatinem/rust-cache': { version: 'v2.9.2', sha: '6323deb102c322ba6fcbdcafc7e3dddab59af2b6' },
  'actions/attest': { version: 'v4.2.2', sha: '1e69f48acb82d1966a394da916b4c1698aa569d6' },
  'actions/checkout': { version: 'v7.0.1', sha: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'actions/download-artifact': { version: 'v8.0.1', sha: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c' },
  'actions/upload-artifact': { version: 'v7.0.1', sha: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a' },
  'codecov/codecov-action': { version: 'v7.0.0', sha: 'fb8b3582c8e4def4969c97caa2f19720cb33a72f' },
  'docker/build-push-action': { version: 'v7.3.0', sha: '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a' },
  'docker/login-action': { version: 'v4.6.0', sha: 'dbcb813823bdd20940b903addbd779551569679f' },
  'docker/metadata-action': { version: 'v6.2.0', sha: 'dc802804100637a589fabce1cb79ff13a1411302' },
  'docker/setup-buildx-action': { version: 'v4.3.0', sha: '37fe631027851001ddb9b187196cc803df7f5f0e' },
  'github/codeql-action/upload-sarif': { version: 'v4.37.7', sha: 'ff2f1c621b7f889edc0d3c761ac2e6a3f8cdb0dd' },
  'rust-lang/crates-io-auth-action': { version: 'v1.0.5', sha: 'c6f97d42243bad5fab37ca0427f495c86d5b1a18' },
  'slackapi/slack-github-action': { version: 'v4.0.0', sha: 'dcb1066f776dd043e64d0e8ba94ca15cc7e1875d' },
  'taiki-e/install-action': { version: 'v2.86.5', sha: 'ba47c86ac325773530516bb756137ac718732518' },
};

/** The tools that the templates install with taiki-e/install-action, which knows their checksums. */
export const toolPins: Readonly<Record<string, string>> = {
  'cargo-audit': '0.22.2',
  'cargo-deny': '0.20.2',
  'cargo-hack': '0.6.45',
  'cargo-nextest': '0.9.143',
  'cargo-semver-checks': '0.50.0',
  'cargo-tarpaulin': '0.37.2',
  trivy: '0.74.0',
  zizmor: '1.29.0',
};

/** What the templates download themselves: gitleaks, by the SHA-256 of its archive for Linux on x86-64. */
export const gitleaksPin = {
  version: '8.30.1',
  sha256: '551f6fc83ea457d62a0d98237cbad105af8d557003051f41f3e7ca7b3f2470eb',
};
