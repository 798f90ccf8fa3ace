import type { Rule } from '../../rule';
import { deprecatedInput, missingInput, unknownInput } from './action-inputs';
import { actionMetadata } from './action-metadata';
import { blockScalarNewline } from './block-scalar-newline';
import { callInputs } from './call-inputs';
import { concurrencyDeadlock, queueCancels } from './concurrency-deadlock';
import { conflictingFilters } from './conflicting-filters';
import { constantCondition, literalCondition } from './constant-condition';
import { cyclicNeeds } from './cyclic-needs';
import { deprecatedCommand } from './deprecated-command';
import { dispatchInputs, requiredWithDefault } from './dispatch-inputs';
import { duplicateId } from './duplicate-id';
import { duplicateNeed } from './duplicate-need';
import { frequentCron, invalidCron } from './invalid-cron';
import { invalidEnvName } from './invalid-env-name';
import { invalidGlob } from './invalid-glob';
import { invalidId } from './invalid-id';
import { invalidUses, shortSha } from './invalid-uses';
import { matrixDuplicateValue } from './matrix-duplicate-value';
import { matrixExclude } from './matrix-exclude';
import { missingAction } from './local-action';
import { outdatedAction } from './outdated-action';
import { reusableWorkflow } from './reusable-workflow';
import { runnerLabel } from './runner-label';
import { unknownNeed } from './unknown-need';
import { unknownShell } from './unknown-shell';
import { unknownTimezone } from './unknown-timezone';

export const correctness: readonly Rule[] = [
  conflictingFilters,
  invalidGlob,
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
  queueCancels,
  actionMetadata,
  blockScalarNewline,
];
