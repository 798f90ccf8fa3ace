import type { Rule } from '../../rule';

export const rust: readonly Rule[] = [];
