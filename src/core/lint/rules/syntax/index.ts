import type { Rule } from '../../rule';
import { duplicateKey } from './duplicate-key';
import { missingKey } from './missing-key';
import { unexpectedKey } from './unexpected-key';
import { unusedIgnore } from './unused-ignore';
import { yamlSyntax } from './yaml-syntax';

export const syntax: readonly Rule[] = [yamlSyntax, unexpectedKey, missingKey, duplicateKey, unusedIgnore];
