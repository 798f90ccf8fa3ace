import type { Rule } from '../../rule';

export const correctness: readonly Rule[] = [];
