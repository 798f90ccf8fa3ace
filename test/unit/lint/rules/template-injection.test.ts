import assert from 'node:assert/strict';
import { findingsOf, fixed, marked, summary, withSteps } from '../linting';

const code = 'template-injection';
const loud = { settings: { allRules: true } };

function severities(text: string): string[] {
  return findingsOf(text, loud)
    .filter((finding) => finding.code === code)
    .map(({ severity }) => severity);
}

function fixOf(step: string, job = ''): string {
  const text = fixed(withSteps(step, job), code, loud);
  return text.slice(text.indexOf('    steps:\n') + 11).replace(/^ {6}/gm, '');
}

describe('template-injection', () => {
  it('counts on the line of the expression', () => {
    const text = withSteps(
      '- run: |\n    cargo build\n    echo ${{ github.head_ref }}\n    echo "${{ github.ref_name }}"',
    );
    assert.deepEqual(summary(text, code), ['8 template-injection', '9 template-injection']);
    assert.deepEqual(marked(text, code), ['github.head_ref', 'github.ref_name']);
  });

  it('grades by who can choose the value', () => {
    const step = (expression: string): string => withSteps(`- run: echo \${{ ${expression} }}`);
    assert.deepEqual(severities(step('github.event.issue.title')), ['warning']);
    assert.deepEqual(severities(step('steps.x.outputs.y')), ['info']);
    assert.deepEqual(severities(step('github.sha')), ['hint']);
    assert.deepEqual(
      findingsOf(step('github.sha')).filter((finding) => finding.code === code),
      [],
    );
    assert.deepEqual(severities(step("github.head_ref == 'main'")), ['hint']);
    assert.deepEqual(severities(step("github.ref_name && 'a' || 'b'")), ['hint']);
    assert.deepEqual(severities(step('github.event.number || github.head_ref')), ['warning']);
  });

  it('knows the types of inputs, static variables and the matrix', () => {
    const text = (expression: string): string =>
      `on:\n  workflow_dispatch:\n    inputs:\n      free: {description: x}\n      level: {type: choice, options: [a, b]}\nenv:\n  FIXED: a\njobs:\n  test:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        os: [a, b]\n        dynamic: ['\${{ github.ref }}']\n    steps:\n      - run: echo \${{ ${expression} }}\n`;
    assert.deepEqual(severities(text('inputs.free')), ['warning']);
    assert.deepEqual(severities(text('inputs.level')), ['hint']);
    assert.deepEqual(severities(text('env.FIXED')), ['hint']);
    assert.deepEqual(severities(text('matrix.os')), ['hint']);
    assert.deepEqual(severities(text('matrix.dynamic')), ['warning']);
  });

  it('is silent where the text is not run', () => {
    assert.deepEqual(
      severities(
        withSteps(
          '- run: echo "$TITLE"\n  env:\n    TITLE: ${{ github.event.issue.title }}\n- uses: acme/x@v1\n  with:\n    script: ${{ github.head_ref }}',
        ),
      ),
      [],
    );
  });

  it('moves values to the environment', () => {
    assert.equal(
      fixOf('- run: echo "${{ github.event.issue.title }}"'),
      '- run: echo "${ISSUE_TITLE}"\n  env:\n    ISSUE_TITLE: ${{ github.event.issue.title }}\n',
    );
    assert.equal(fixOf('- run: git switch ${{ github.head_ref }}'), '- run: git switch "${GITHUB_HEAD_REF}"\n');
    assert.equal(
      fixOf('- run: |\n    a ${{ inputs.x }} ${{ inputs.x }}\n    b ${{ inputs.y }}\n  env:\n    A: b # why'),
      '- run: |\n    a ${INPUTS_X} ${INPUTS_X}\n    b ${INPUTS_Y}\n  env:\n    A: b # why\n    INPUTS_X: ${{ inputs.x }}\n    INPUTS_Y: ${{ inputs.y }}\n',
    );
  });

  it('uses the variable that is there, and the form of the shell', () => {
    assert.equal(
      fixOf('- run: echo ${{ inputs.x }}\n  shell: pwsh\n  env:\n    INPUTS_X: ${{ inputs.x }}'),
      '- run: echo ${env:INPUTS_X}\n  shell: pwsh\n  env:\n    INPUTS_X: ${{ inputs.x }}\n',
    );
    assert.equal(fixOf('- run: cargo test ${{ env.FLAGS }}'), '- run: cargo test ${FLAGS}\n');
  });

  it('writes JavaScript in github-script', () => {
    assert.equal(
      fixOf(
        "- uses: actions/github-script@v8\n  with:\n    script: |\n      core.info('${{ github.event.issue.title }}')\n      core.info(`x ${{ github.event.issue.title }}`)",
      ),
      '- uses: actions/github-script@v8\n  with:\n    script: |\n      core.info(process.env.ISSUE_TITLE)\n      core.info(`x ${process.env.ISSUE_TITLE}`)\n  env:\n    ISSUE_TITLE: ${{ github.event.issue.title }}\n',
    );
  });

  it('changes nothing where a variable would not be expanded or the shell is not known', () => {
    for (const step of [
      "- run: echo '${{ inputs.x }}'",
      '- run: print(${{ inputs.x }})\n  shell: python',
      "- run: |\n    cat <<'EOF'\n    ${{ inputs.x }}\n    EOF",
    ])
      assert.equal(fixOf(step), `${step}\n`);
    const unknown = findingsOf(
      withSteps('- run: echo ${{ inputs.x }}').replace('ubuntu-latest', '${{ inputs.runner }}'),
    );
    const [fix] = unknown.find((finding) => finding.code === code)?.fixes ?? [];
    assert.equal(fix?.unsafe, true);
  });
});
