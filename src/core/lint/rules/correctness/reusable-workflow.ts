import { closest } from '../../suggest';
import type { RuleContext } from '../../rule';
import { rule } from '../../rule';
import type { Job, Workflow } from '../../model/workflow';
import type { MapNode, ScalarNode } from '../../yaml/node';

const called = (inputs: string): Record<string, string> => ({
  '.github/workflows/build.yml': `on:\n  workflow_call:\n    inputs:\n${inputs}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: cargo build\n`,
});
const caller = (rest: string): string => `on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n${rest}`;
const profile = '      profile:\n        type: string\n        required: true';

export const reusableWorkflow = rule({
  code: 'reusable-workflow',
  category: 'correctness',
  title: 'A call that does not fit the called workflow',
  severity: 'error',
  description:
    'A job calls a workflow of this repository that does not exist, that cannot be called (no `workflow_call`), that lacks an input or secret it needs, or that does not know one it gets, or gets a value of another type.',
  bad: [
    { text: caller(''), files: called(profile) },
    { text: caller('    with:\n      profile: release\n      mode: fast\n'), files: called(profile) },
    { text: caller('    with:\n      profile: 1\n'), files: called('      profile:\n        type: boolean') },
  ],
  good: [{ text: caller('    with:\n      profile: release\n'), files: called(profile) }],
  links: ['https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows'],
  source: 'actionlint: workflow-call, GitHub',
  check: (context) => {
    const { jobs, repository, report } = context;
    if (repository === undefined) return;
    for (const job of jobs) {
      const { uses } = job;
      if (uses === undefined || (uses.kind !== 'local' && uses.kind !== 'self')) continue;
      if (!/\.ya?ml$/.test(uses.path)) continue;
      if (!repository.exists(uses.path)) {
        if (repository.list('.github/workflows').length > 0)
          report(uses.node, `There is no ${uses.path} in this repository.`);
        continue;
      }
      const target = repository.workflow(uses.path);
      if (target === undefined) continue;
      const trigger = target.trigger('workflow_call');
      if (trigger === undefined) {
        report(uses.node, `${uses.path} cannot be called: it has no "workflow_call" among its events.`);
        continue;
      }
      checkInputs(job, target, context);
      checkSecrets(job, target, context);
    }
  },
});

function part(workflow: Workflow, name: string): MapNode | undefined {
  const config = workflow.trigger('workflow_call')?.config;
  return config?.kind === 'map' ? config.map(name) : undefined;
}

function needs(node: unknown): boolean {
  const map = node as MapNode;
  return map.scalar('required')?.value === true && map.entry('default') === undefined;
}

function checkInputs(job: Job, target: Workflow, { edit, report }: RuleContext): void {
  const declared = part(target, 'inputs')?.entries ?? [];
  const byName = new Map(declared.map((entry) => [entry.key.text.toLowerCase(), entry]));
  const given = new Set(job.with?.entries.map(({ key }) => key.text.toLowerCase()));
  for (const entry of job.with?.entries ?? []) {
    const input = byName.get(entry.key.text.toLowerCase());
    if (input === undefined) {
      const meant = closest(
        entry.key.text,
        declared.map(({ key }) => key.text),
      );
      report(
        entry.key,
        `The workflow has no input "${entry.key.text}"${meant === undefined ? '' : `; is "${meant}" meant`}.`,
        {
          fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.renameKey(entry, meant))],
        },
      );
    } else if (input.value.kind === 'map' && entry.value.kind === 'scalar')
      checkType(entry.value, input.value.scalar('type')?.text, report);
  }
  for (const { key, value } of declared)
    if (value.kind === 'map' && needs(value) && !given.has(key.text.toLowerCase()) && job.uses !== undefined)
      report(job.uses.node, `The workflow needs the input "${key.text}".`);
}

function checkType(value: ScalarNode, type: string | undefined, report: RuleContext['report']): void {
  if (value.text.includes('${{') || value.isNull) return;
  if (type === 'boolean' && typeof value.value !== 'boolean')
    report(value, `The input is a boolean, not "${value.text}".`);
  if (type === 'number' && typeof value.value !== 'number')
    report(value, `The input is a number, not "${value.text}".`);
}

function checkSecrets(job: Job, target: Workflow, { edit, report }: RuleContext): void {
  if (job.secrets?.kind === 'scalar' && job.secrets.text === 'inherit') return;
  const declared = part(target, 'secrets')?.entries ?? [];
  const given = job.secrets?.kind === 'map' ? job.secrets.entries : [];
  for (const entry of given) {
    if (declared.some(({ key }) => key.text.toLowerCase() === entry.key.text.toLowerCase())) continue;
    const meant = closest(
      entry.key.text,
      declared.map(({ key }) => key.text),
    );
    report(
      entry.key,
      `The workflow has no secret "${entry.key.text}"${meant === undefined ? '' : `; is "${meant}" meant`}.`,
      {
        fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.renameKey(entry, meant))],
      },
    );
  }
  const names = new Set(given.map(({ key }) => key.text.toLowerCase()));
  for (const { key, value } of declared)
    if (value.kind === 'map' && needs(value) && !names.has(key.text.toLowerCase()) && job.uses !== undefined)
      report(job.uses.node, `The workflow needs the secret "${key.text}".`);
}
