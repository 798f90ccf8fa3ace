import type { Rule } from '../../rule';
import { actionMetadata } from './action-metadata';
import { blockScalarNewline } from './block-scalar-newline';
import { callInputs } from './call-inputs';
import { concurrencyDeadlock } from './concurrency-deadlock';
import { concurrencyQueue } from './concurrency-queue';
import { conflictingFilters } from './conflicting-filters';
import { constantCondition } from './constant-condition';
import { cyclicNeeds } from './cyclic-needs';
import { deprecatedCommand } from './deprecated-command';
import { deprecatedInput } from './deprecated-input';
import { dispatchInputs } from './dispatch-inputs';
import { duplicateId } from './duplicate-id';
import { duplicateNeed } from './duplicate-need';
import { incompleteTrigger } from './incomplete-trigger';
import { frequentCron } from './frequent-cron';
import { invalidCron } from './invalid-cron';
import { invalidEnvName } from './invalid-env-name';
import { invalidGlob } from './invalid-glob';
import { invalidId } from './invalid-id';
import { invalidUses } from './invalid-uses';
import { literalCondition } from './literal-condition';
import { matrixDuplicateValue } from './matrix-duplicate-value';
import { matrixExclude } from './matrix-exclude';
import { missingAction } from './missing-action';
import { missingInput } from './missing-input';
import { outdatedAction } from './outdated-action';
import { requiredWithDefault } from './required-with-default';
import { reusableWorkflow } from './reusable-workflow';
import { runnerLabel } from './runner-label';
import { shortSha } from './short-sha';
import { unknownInput } from './unknown-input';
import { unknownNeed } from './unknown-need';
import { unknownShell } from './unknown-shell';
import { unknownTimezone } from './unknown-timezone';

export const correctness: readonly Rule[] = [
  conflictingFilters,
  invalidGlob,
  incompleteTrigger,
  invalidCron,
  frequentCron,
  unknownTimezone,
  dispatchInputs,
  requiredWithDefault,
  callInputs,
  unknownNeed,
  duplicateNeed,
  cyclicNeeds,
  invalidId,
  duplicateId,
  matrixDuplicateValue,
  matrixExclude,
  runnerLabel,
  unknownShell,
  invalidEnvName,
  invalidUses,
  shortSha,
  missingAction,
  unknownInput,
  missingInput,
  deprecatedInput,
  outdatedAction,
  reusableWorkflow,
  deprecatedCommand,
  literalCondition,
  constantCondition,
  concurrencyDeadlock,
  concurrencyQueue,
  actionMetadata,
  blockScalarNewline,
];
