import type { Rule } from '../../rule';
import { expressionSyntax } from './expression-syntax';

export const expression: readonly Rule[] = [expressionSyntax];
