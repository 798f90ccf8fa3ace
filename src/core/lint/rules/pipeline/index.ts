import type { Rule } from '../../rule';
import { gateCannotFail } from './gate-cannot-fail';
import { gateJobIncomplete, gateJobSkipPasses, gateJobSkipped } from './gate-job';
import { pathFilteredGate } from './path-filtered-gate';
import { pipelineContract, pipelineIncomplete, pipelineOutdated } from './pipeline-contract';
import { coverageWithoutThreshold, denyWithoutLicences, noisyBenchmarkGate, trivyExitCode } from './toothless-scan';

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
