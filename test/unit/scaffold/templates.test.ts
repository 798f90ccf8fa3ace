import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse as parseTomlText } from 'smol-toml';
import { parseDocument } from 'yaml';
import {
  defaultOptions,
  extraGateIds,
  runnerIds,
  workflowIds,
  type PipelineOptions,
} from '../../../src/core/pipeline/options.js';
import { isScript, isWorkflow, render } from '../../../src/core/scaffold/render.js';
import { isNewerVersion, releasedTemplates, templates, templateVersion } from '../../../src/core/scaffold/templates.js';

const folder = 'workflows-template';

const anyOptions: fc.Arbitrary<PipelineOptions> = fc.record({
  workflows: fc.subarray([...workflowIds], { minLength: 1 }),
  defaultBranch: fc.constantFrom('main', 'release/2.x', '1.0', 'on'),
  roots: fc.subarray(['.', 'backend', 'crates/api'], { minLength: 1 }),
  runners: fc.subarray([...runnerIds], { minLength: 1 }),
  coverage: fc.record({ threshold: fc.constantFrom(0, 72.5, 80, 100), codecov: fc.boolean() }),
  gates: fc.subarray([...extraGateIds]),
  publish: fc.boolean(),
  registries: fc.subarray(['corp', 'my-other']),
  slack: fc.boolean(),
  benchmarkHistory: fc.boolean(),
});

interface Workflow {
  name: string;
  jobs: Record<string, { needs?: string | string[]; steps: unknown[] }>;
}

function checkFile(path: string, text: string): void {
  assert.doesNotMatch(text, /rust-ci:(?:if|end|each|value)|\{\{[a-z-]+\}\}|REGISTRIES_REGISTRY_/, path);
  assert.doesNotMatch(text, /\n\n\n|^\n|\n\n$|[^\n]$|[ \t]\n|\r/, `${path} has no litter`);
  if (path.endsWith('.toml')) parseTomlText(text);
  if (!path.endsWith('.yml')) return;
  const document = parseDocument(text);
  assert.deepEqual([...document.errors, ...document.warnings], [], path);
  if (!isWorkflow(path)) return;
  const { jobs } = document.toJS() as Workflow;
  for (const [id, job] of Object.entries(jobs)) {
    const missing = [job.needs ?? []].flat().filter((need) => !(need in jobs));
    assert.deepEqual(missing, [], `${path}: ${id} needs jobs that are there`);
    assert(job.steps.length > 0 && job.steps.every((step) => step !== null), `${path}: ${id} has steps`);
  }
}

describe('templates', function () {
  this.timeout(30_000);

  it('are all the files of their folder, as they lie there', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => statSync(join(folder, path)).isFile());
    assert.deepEqual([...templates.keys()].sort(), files.sort());
    for (const [path, text] of templates) assert.equal(text, readFileSync(join(folder, path), 'utf8'), path);
  });

  it('say in every workflow what it does and which version it is', () => {
    for (const [path, text] of templates) {
      if (!isWorkflow(path)) continue;
      const header = /^(?:#.*\n)+/.exec(text)?.[0] ?? '';
      assert.match(header, new RegExp(`rust-ci template ${templateVersion}\\b`), path);
      assert.match(header, /"Update Rust CI" keeps/, path);
    }
  });

  it('know themselves as a release, and what is newer', () => {
    assert.equal(releasedTemplates.get(templateVersion)?.(), templates);
    assert.deepEqual(['0.9.0', templateVersion, '1.0.10', '1.10.0', '2.0.0', 'x'].map(isNewerVersion), [
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('bring all workflows and scripts by default', () => {
    const files = render(templates, defaultOptions);
    for (const [path, text] of files) checkFile(path, text);
    const workflows = [...files.keys()].filter(isWorkflow);
    assert.deepEqual(workflows.sort(), workflowIds.map((id) => `.github/workflows/${id}.yml`).sort());
  });

  it('property: with any options make valid files that call only scripts that are there', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const files = render(templates, options);
        for (const [path, text] of files) {
          checkFile(path, text);
          for (const [, script] of isWorkflow(path) ? text.matchAll(/\.github\/rust-ci\/([\w-]+\.sh)/g) : []) {
            assert(files.has(`.github/rust-ci/${script ?? ''}`), `${path} calls ${script ?? ''}`);
          }
        }
        const programs = [...files].filter(([path]) => isWorkflow(path) || isScript(path));
        for (const script of [...files.keys()].filter(isScript)) {
          const name = script.slice(script.lastIndexOf('/'));
          assert(
            programs.some(([path, text]) => path !== script && text.includes(name)),
            `${script} is called`,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
