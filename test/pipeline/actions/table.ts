import { downloadArtifact, uploadArtifact } from './artifacts';
import { checkout } from './checkout';
import { installAction } from './install-action';
import { recorded } from './recorded';
import type { StandIn } from './stand-in';

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
};
