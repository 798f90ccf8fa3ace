import type { Rule } from '../../rule';

export const security: readonly Rule[] = [];
