// @ts-check
// Writes the rule reference, docs/lint-rules.md. A unit test compares it with the rules.
// usage: node scripts/lint-docs.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ruleReference } from './lint-reference.mjs';
import { root } from './root.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, 'src/core/lint/rules/index.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  loader: { '.txt': 'text', '.yml': 'text', '.md': 'text', '.toml': 'text', '.sh': 'text' },
});
const [bundle] = outputFiles;
/** @type {{ rules: readonly import('../src/core/lint/rule').Rule[] }} */
const { rules } = await import(`data:text/javascript;base64,${Buffer.from(bundle?.contents ?? []).toString('base64')}`);
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs/lint-rules.md'), ruleReference(rules));
