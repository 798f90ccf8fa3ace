import type { Rule } from '../../rule';
import { actionRuns } from './action-runs';
import { duplicateKey } from './duplicate-key';
import { emptyValue } from './empty-value';
import { invalidPermissions } from './invalid-permissions';
import { invalidValue } from './invalid-value';
import { missingKey } from './missing-key';
import { invalidAlias } from './invalid-alias';
import { mergeKey } from './merge-key';
import { unusedAnchor } from './unused-anchor';
import { numberRange } from './number-range';
import { unexpectedKey } from './unexpected-key';
import { unknownEvent } from './unknown-event';
import { unknownEventType } from './unknown-event-type';
import { unusedIgnore } from './unused-ignore';
import { wrongType } from './wrong-type';
import { yamlSyntax } from './yaml-syntax';

export const syntax: readonly Rule[] = [
  yamlSyntax,
  unexpectedKey,
  missingKey,
  duplicateKey,
  wrongType,
  invalidValue,
  emptyValue,
  numberRange,
  invalidAlias,
  unusedAnchor,
  mergeKey,
  unknownEvent,
  unknownEventType,
  invalidPermissions,
  actionRuns,
  unusedIgnore,
];
