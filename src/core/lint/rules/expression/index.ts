import type { Rule } from '../../rule';
import { comparisonTypes } from './comparison-types';
import { expressionNotAllowed } from './expression-not-allowed';
import { expressionSyntax } from './expression-syntax';
import { formatString } from './format-string';
import { functionArguments } from './function-arguments';
import { invalidJson } from './invalid-json';
import { misspelledOutput } from './misspelled-output';
import { typeMismatch } from './type-mismatch';
import { unavailableContext } from './unavailable-context';
import { unavailableFunction } from './unavailable-function';
import { undefinedInput } from './undefined-input';
import { undefinedMatrix } from './undefined-matrix';
import { undefinedNeed } from './undefined-need';
import { undefinedOutput } from './undefined-output';
import { undefinedSecret } from './undefined-secret';
import { undefinedStep } from './undefined-step';
import { unknownContext } from './unknown-context';
import { unknownFunction } from './unknown-function';
import { unknownProperty } from './unknown-property';

export const expression: readonly Rule[] = [
  expressionSyntax,
  expressionNotAllowed,
  unknownContext,
  unavailableContext,
  unknownFunction,
  unavailableFunction,
  functionArguments,
  unknownProperty,
  undefinedStep,
  undefinedNeed,
  undefinedMatrix,
  undefinedInput,
  undefinedSecret,
  undefinedOutput,
  misspelledOutput,
  typeMismatch,
  comparisonTypes,
  formatString,
  invalidJson,
];
