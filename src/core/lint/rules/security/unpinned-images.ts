import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { Job } from '../../model/workflow';
import type { Node, Range, ScalarNode } from '../../yaml/node';
import { workflowOf } from '../examples';
import { matrixValues } from './matrix-values';

const unknown = 'Nothing says that this image is pinned to a digest.';
const prefix = 'docker://';
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const unpinnedImages = rule({
  code: 'unpinned-images',
  category: 'security',
  title: 'A container image that can change',
  severity: 'warning',
  description:
    'An image without a tag, or with `latest`, is a different one tomorrow: a build that worked breaks, and whoever takes over the image runs code in your pipeline. Name a version, best with its digest (`image:1.2@sha256:…`). Images that have a tag and no digest are reported only when all rules are on.',
  bad: [
    workflowOf('- run: cargo test', { job: 'container: rust' }),
    workflowOf('- run: cargo test', { job: 'services:\n  db:\n    image: postgres:latest' }),
    workflowOf('- uses: docker://alpine:3.20'),
  ],
  good: [workflowOf('- run: cargo test', { job: `container: rust:1.97@${digest}` })],
  source: 'zizmor: unpinned-images',
  files: ['workflow', 'action'],
  check: (context) => {
    const own = context.action?.runs?.scalar('image');
    if (own?.text.startsWith(prefix) === true) judge(context, own, own.text.slice(prefix.length));
    for (const { uses } of context.steps)
      if (uses?.kind === 'docker') judge(context, uses.node, uses.text.slice(prefix.length));
    for (const job of context.jobs) {
      const container = job.node.entry('container');
      if (container?.value.kind === 'scalar') image(context, job, container, container.value);
      else if (container?.value.kind === 'map') imageOf(context, job, container.value);
      for (const { value } of job.services?.entries ?? []) {
        if (value.kind === 'map') imageOf(context, job, value);
        else if (value.kind === 'scalar') image(context, job, value, value);
      }
    }
  },
});

function imageOf(context: RuleContext, job: Job, map: Extract<Node, { kind: 'map' }>): void {
  const entry = map.entry('image');
  if (entry?.value.kind === 'scalar') image(context, job, entry, entry.value);
}

function image(context: RuleContext, job: Job, at: Range, node: ScalarNode): void {
  const range = { start: at.start, end: node.end };
  if (!/^\$\{\{.*\}\}$/s.test(node.text.trim())) {
    judge(context, range, node.text);
    return;
  }
  const expression = context.expressions.find(({ scalar }) => scalar === node);
  const ast = expression?.whole === true ? expression.parsed.ast : undefined;
  if (ast === undefined) return;
  if (
    ast.kind === 'property' &&
    ast.object.kind === 'context' &&
    ast.object.name === 'matrix' &&
    job.matrix?.kind !== 'map'
  )
    return;
  const values = matrixValues(job, ast);
  if (values === undefined) {
    if (job.matrix?.kind === 'scalar') return;
    context.report(range, unknown);
    return;
  }
  for (const value of values) {
    if (value.kind !== 'scalar') continue;
    if (/^\$\{\{[^}]*\}\}$/.test(value.text.trim())) context.report(range, unknown);
    else judge(context, range, value.text, { start: value.start, end: value.end });
  }
}

function judge({ report }: RuleContext, range: Range, reference: string, from?: Range): void {
  const name = reference.trim();
  if (name === '' || /@(?:sha256:|\$\{\{)/.test(name) || /^\$\{\{[^}]*\}\}$/.test(name)) return;
  const tag = /:([^/:]+)$/.exec(name.replace(/\$\{\{.*?\}\}/gs, 'x'))?.[1];
  const related = from === undefined ? [] : [{ ...from, message: 'From this value of the matrix.' }];
  if (tag === undefined) report(range, `"${name}" has no version: it is whatever is newest.`, { related });
  else if (tag === 'latest') report(range, `"${name}" is whatever is newest: name a version.`, { related });
  else report(range, `The tag of "${name}" can be moved: add its digest.`, { related, severity: 'off' });
}
