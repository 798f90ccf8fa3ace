import { downloadArtifact, uploadArtifact } from './artifacts.js';
import { checkout } from './checkout.js';
import { installAction } from './install-action.js';
import { recorded } from './recorded.js';
import { input, type StandIn } from './stand-in.js';

/** Every action that a workflow of the pipeline may use, and what stands in for it. */
export const standIns: Record<string, StandIn> = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'taiki-e/install-action': installAction,
  // Every job compiles from nothing, so that no test passes thanks to a cache.
  'Swatinem/rust-cache': recorded([
    'workspaces',
    'shared-key',
    'key',
    'save-if',
    'cache-bin',
    'prefix-key',
    'lookup-only',
  ]),
  'codecov/codecov-action': recorded(['files', 'disable_search', 'token', 'fail_ci_if_error']),
  'actions/attest': recorded([
    'subject-checksums',
    'subject-name',
    'subject-digest',
    'push-to-registry',
    'create-storage-record',
  ]),
  // Building an image takes a Docker daemon. What container.yml does with an image that was built is run for real.
  'docker/setup-buildx-action': recorded(['cache-binary']),
  'docker/login-action': recorded(['registry', 'username', 'password']),
  'docker/metadata-action': recorded(['images', 'labels'], (step) => ({ labels: input(step, 'labels', '') })),
  'slackapi/slack-github-action': recorded(['webhook', 'webhook-type', 'payload']),
  'rust-lang/crates-io-auth-action': recorded([], () => ({ token: 'short-lived-token' })),
  'github/codeql-action/upload-sarif': recorded(['sarif_file', 'category']),
};
