import { Disposable } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { downloadArtifact } from './download.js';
import { copyLink, openOnCodecov, openOnGitHub, openWorkflowFile } from './links.js';
import { cancel, rerun, rerunJob } from './rerun.js';
import { review } from './review.js';
import { runWorkflow } from './run-workflow.js';

/** What one can do with workflows and runs. Each command takes a row, or asks. */
export const runs: Feature = (_context, { github }) =>
  Disposable.from(
    registerCommands({
      'rustCi.runWorkflow': (row?: unknown) => runWorkflow(github, row),
      'rustCi.rerunAll': (row?: unknown) => rerun(github, row, 'all'),
      'rustCi.rerunFailed': (row?: unknown) => rerun(github, row, 'failed'),
      'rustCi.rerunAllWithDebug': (row?: unknown) => rerun(github, row, 'all', true),
      'rustCi.rerunFailedWithDebug': (row?: unknown) => rerun(github, row, 'failed', true),
      'rustCi.rerunJob': (row?: unknown) => rerunJob(github, row),
      'rustCi.rerunJobWithDebug': (row?: unknown) => rerunJob(github, row, true),
      'rustCi.cancelRun': (row?: unknown) => cancel(github, row),
      'rustCi.forceCancelRun': (row?: unknown) => cancel(github, row, true),
      'rustCi.approve': (row?: unknown) => review(github, row, 'approved'),
      'rustCi.reject': (row?: unknown) => review(github, row, 'rejected'),
      'rustCi.downloadArtifact': (row?: unknown) => downloadArtifact(github, row),
      'rustCi.openOnGitHub': (row?: unknown) => openOnGitHub(github, row),
      'rustCi.openOnCodecov': () => openOnCodecov(github),
      'rustCi.copyLink': (row?: unknown) => copyLink(github, row),
      'rustCi.openWorkflowFile': (row?: unknown) => openWorkflowFile(github, row),
    }),
  );
