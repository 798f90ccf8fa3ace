import type { Rule } from '../../rule';
import { coverageWithoutThreshold } from './coverage-without-threshold';
import { denyWithoutLicences } from './deny-without-licences';
import { gateCannotFail } from './gate-cannot-fail';
import { gateJobIncomplete } from './gate-job-incomplete';
import { gateJobSkipPasses } from './gate-job-skip-passes';
import { gateJobSkipped } from './gate-job-skipped';
import { noisyBenchmarkGate } from './noisy-benchmark-gate';
import { pathFilteredGate } from './path-filtered-gate';
import { pipelineContract } from './pipeline-contract';
import { pipelineIncomplete } from './pipeline-incomplete';
import { pipelineOutdated } from './pipeline-outdated';
import { trivyExitCode } from './trivy-exit-code';

export const pipeline: readonly Rule[] = [
  gateCannotFail,
  gateJobSkipped,
  gateJobIncomplete,
  gateJobSkipPasses,
  pathFilteredGate,
  trivyExitCode,
  denyWithoutLicences,
  coverageWithoutThreshold,
  noisyBenchmarkGate,
  pipelineContract,
  pipelineOutdated,
  pipelineIncomplete,
];
