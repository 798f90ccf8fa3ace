import type { Rule } from '../rule';
import { correctness } from './correctness/index';
import { expression } from './expression/index';
import { pipeline } from './pipeline/index';
import { rust } from './rust/index';
import { security } from './security/index';
import { syntax } from './syntax/index';

/** Every rule, category by category. */
export const rules: readonly Rule[] = [...syntax, ...expression, ...correctness, ...security, ...rust, ...pipeline];
