import { Disposable, lm } from 'vscode';
import type { Feature } from '../feature.js';
import { coverage } from './coverage.js';
import { failingLog } from './failing-log.js';
import { lintWorkflow } from './lint.js';
import { rollback } from './rollback.js';
import { pipelineStatus } from './status.js';

/** What a language model may ask. Nothing of it changes anything; a rollback is prepared, and the person sends it. */
export const tools: Feature = (_context, { github }) =>
  Disposable.from(
    lm.registerTool('rust-ci_pipelineStatus', pipelineStatus(github)),
    lm.registerTool('rust-ci_failingLog', failingLog(github)),
    lm.registerTool('rust-ci_coverage', coverage(github)),
    lm.registerTool('rust-ci_lintWorkflow', lintWorkflow),
    lm.registerTool('rust-ci_rollback', rollback),
  );
