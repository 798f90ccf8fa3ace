import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extraGateIds, type PipelineOptions, runnerIds, workflowIds } from '../../../src/core/pipeline/options.js';
import { createRepository } from '../projects/repository.js';
import { type OptionChanges, scaffolded } from '../projects/scaffold.js';
import { lintRepository } from './linters.js';
import { pairwise } from './pairwise.js';

/** One on/off switch for each member of a list. */
type Switches<Id extends string> = Record<Id, boolean>;

type Combination = Switches<`workflow ${PipelineOptions['workflows'][number]}`> &
  Switches<`gate ${PipelineOptions['gates'][number]}`> & {
    runners: PipelineOptions['runners'];
    roots: PipelineOptions['roots'];
    registries: PipelineOptions['registries'];
    defaultBranch: string;
    threshold: number;
    codecov: boolean;
    slack: boolean;
    publish: boolean;
    benchmarkHistory: boolean;
  };

const onOff = [true, false] as const;

function switches<Prefix extends string, Id extends string>(prefix: Prefix, ids: readonly Id[]) {
  return Object.fromEntries(ids.map((id) => [`${prefix} ${id}`, onOff])) as Record<`${Prefix} ${Id}`, typeof onOff>;
}

const combinations = pairwise<Combination>({
  ...switches('workflow', workflowIds),
  ...switches('gate', extraGateIds),
  runners: [[...runnerIds], ['linux'], ['macos', 'windows']],
  roots: [['.'], ['crates/api'], ['.', 'tools/bench']],
  registries: [[], ['internal'], ['internal', 'my-mirror']],
  defaultBranch: ['main', 'release/next'],
  threshold: [80, 0, 92.5],
  codecov: onOff,
  slack: onOff,
  publish: onOff,
  benchmarkHistory: onOff,
});

function toOptions(combination: Combination): OptionChanges {
  const { runners, roots, registries, defaultBranch, threshold, codecov, slack, publish, benchmarkHistory } =
    combination;
  const workflows = workflowIds.filter((id) => combination[`workflow ${id}`]);
  return {
    workflows: workflows.length === 0 ? ['test'] : workflows,
    gates: extraGateIds.filter((id) => combination[`gate ${id}`]),
    ...{ runners, roots, registries, defaultBranch, slack, publish, benchmarkHistory },
    coverage: { threshold, codecov },
  };
}

const chosen: [string, OptionChanges][] = [
  ['the defaults', {}],
  ...workflowIds.map((id): [string, OptionChanges] => [
    `${id} alone, without extras`,
    { workflows: [id], gates: [], slack: false },
  ]),
  [
    'everything',
    {
      workflows: [...workflowIds],
      gates: [...extraGateIds],
      roots: ['.', 'b'],
      registries: ['a'],
      publish: true,
      slack: true,
      benchmarkHistory: true,
    },
  ],
  ...combinations.map((combination, index): [string, OptionChanges] => [
    `combination ${index + 1} of ${combinations.length}`,
    toOptions(combination),
  ]),
];

describe('linters', function () {
  this.timeout(120_000);

  it('would report a workflow that has something wrong', async () => {
    const { folder } = await createRepository({
      '.github/workflows/bad.yml': 'on: push\njobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: "echo $X" }] } }\n',
      '.github/rust-ci/bad.sh': '#!/usr/bin/env bash\necho $X\n',
    });
    const report = await lintRepository(folder);
    for (const tool of ['actionlint', 'shellcheck', 'zizmor']) assert.match(report, new RegExp(`^${tool} says`, 'm'));
  });

  for (const [name, options] of chosen) {
    it(`report nothing on ${name}`, async () => {
      const { folder } = await scaffolded({}, options);
      assert.deepEqual(
        (await readdir(join(folder, '.github', 'workflows'))).sort(),
        (options.workflows ?? workflowIds).map((id) => `${id}.yml`).sort(),
      );
      const report = await lintRepository(folder);
      assert.equal(report, '', `${JSON.stringify(options)}\n${report}`);
    });
  }

  it("report nothing on this project's own workflows", async () => {
    // The linter's fixtures are wrong on purpose.
    assert.equal(await lintRepository(process.cwd(), ['.github', 'workflows-template']), '');
  });
});

describe('pairwise', () => {
  it('lets every two values meet', () => {
    const rows = pairwise<{ a: number; b: number; c: number }>({ a: [1, 2], b: [1, 2, 3], c: [1, 2] });
    for (const a of [1, 2]) for (const b of [1, 2, 3]) assert.ok(rows.some((row) => row.a === a && row.b === b));
    for (const b of [1, 2, 3]) for (const c of [1, 2]) assert.ok(rows.some((row) => row.b === b && row.c === c));
    for (const a of [1, 2]) for (const c of [1, 2]) assert.ok(rows.some((row) => row.a === a && row.c === c));
    assert.ok(rows.length <= 7, `${rows.length} rows`);
  });
});
