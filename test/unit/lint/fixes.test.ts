import assert from 'node:assert/strict';
import { fixed, withSteps } from './linting';

describe('fixes of syntax and expressions', () => {
  it('correct keys and values that are nearly right, in their quotes', () => {
    const text = withSteps(`- run: cargo test
  "Working-Directory": sub # here`);
    assert.equal(fixed(text, 'unexpected-key'), text.replace('Working-Directory', 'working-directory'));
    const event = "on: ['pull-request']\njobs: {}\n";
    assert.equal(fixed(event, 'unknown-event'), "on: ['pull_request']\njobs: {}\n");
  });

  it('correct properties, also in brackets', () => {
    const text = withSteps("- run: echo ${{ github['reff'] }} ${{ github.Ref_nam }}");
    assert.equal(fixed(text, 'unknown-property'), withSteps("- run: echo ${{ github['ref'] }} ${{ github.ref_name }}"));
  });

  it('write strings and operators as expressions have them, whatever the YAML quotes', () => {
    assert.equal(
      fixed(withSteps('- run: echo\n  if: github.ref = "refs/heads/main"'), 'expression-syntax'),
      withSteps("- run: echo\n  if: github.ref == 'refs/heads/main'"),
    );
    assert.equal(
      fixed(withSteps(`- run: echo\n  if: '\${{ github.ref == "main" }}'`), 'expression-syntax'),
      withSteps("- run: echo\n  if: '${{ github.ref == ''main'' }}'"),
    );
    assert.equal(
      fixed(withSteps('- run: echo\n  if: "${{ github.ref == \\"main\\" & true }}"'), 'expression-syntax'),
      withSteps(`- run: echo\n  if: "\${{ github.ref == 'main' && true }}"`),
    );
  });

  it('add a job to needs, in the form that needs has', () => {
    const jobs = (needs: string) => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: {version: a}
    steps: [{run: cargo build}]
  lint:
    runs-on: ubuntu-latest
    steps: [{run: cargo clippy}]
  test:
${needs}    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ needs.build.outputs.version }}
`;
    const repaired = (needs: string) => fixed(jobs(needs), 'undefined-need');
    assert.equal(repaired(''), jobs('    needs: build\n'));
    assert.equal(repaired('    needs: lint # first\n'), jobs('    needs: [lint, build] # first\n'));
    assert.equal(repaired('    needs: [lint]\n'), jobs('    needs: [lint, build]\n'));
    assert.equal(repaired('    needs:\n      - lint\n'), jobs('    needs:\n      - lint\n      - build\n'));
  });

  it('do not make jobs wait for each other', () => {
    const text = `on: push
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ needs.two.result }}
  two:
    needs: one
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`;
    assert.equal(fixed(text, 'undefined-need'), text);
  });
});
