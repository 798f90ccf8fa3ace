import type { Rule } from '../../rule';

export const pipeline: readonly Rule[] = [];
