import assert from 'node:assert/strict';
import { gateWorkflow } from '../../../../src/core/lint/rules/pipeline/examples';
import { rustJob } from '../../../../src/core/lint/rules/rust/examples';
import { repositoryOf, summary } from '../linting';

const nightly = '- uses: dtolnay/rust-toolchain@nightly\n  with:\n    components: miri\n';
const count = (text: string, code: string, files: Readonly<Record<string, string>> = {}): number =>
  summary(text, code, { repository: repositoryOf(files) }).length;
const pinned = { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.94"\n' };

describe('rust and pipeline rules', () => {
  it('missing-target: Miri builds the standard library for its target', () => {
    const text = (command: string): string =>
      rustJob(`${nightly}- run: cargo ${command} --target s390x-unknown-linux-gnu`);
    assert.equal(count(text('miri test'), 'missing-target'), 0);
    assert.equal(count(text('test'), 'missing-target'), 1);
  });

  it('missing-component: reads the toolchain in front of the subcommand of rustup', () => {
    const install = '- run: |\n    rustup toolchain install nightly --profile minimal\n';
    const use = '- run: cargo +nightly miri test';
    assert.equal(count(rustJob(`${install}    rustup +nightly component add miri\n${use}`), 'missing-component'), 0);
    assert.equal(count(rustJob(`${install}    rustup component list\n${use}`), 'missing-component'), 1);
  });

  it('missing-component: a toolchain set up under another condition tells nothing', () => {
    const text = (condition: string): string =>
      rustJob(`- run: rustup default nightly\n  if: matrix.rust == 'nightly'\n- run: cargo fmt\n  if: ${condition}`);
    assert.equal(count(text("matrix.rust == 'stable'"), 'missing-component'), 0);
    assert.equal(count(text("matrix.rust == 'nightly'"), 'missing-component'), 1);
  });

  it('toolchain-overridden: a toolchain that a command names is not overridden', () => {
    const other = '- run: cargo test';
    const install = '- run: rustup toolchain install beta';
    assert.equal(count(rustJob(`${install}\n${other}`), 'toolchain-overridden', pinned), 1);
    assert.equal(count(rustJob(`${install}\n${other}\n- run: cargo +beta test`), 'toolchain-overridden', pinned), 0);
    assert.equal(
      count(
        rustJob(`${install}\n- run: rustup component add clippy --toolchain beta\n${other}`),
        'toolchain-overridden',
        pinned,
      ),
      0,
    );
  });

  it('toolchain-overridden: says it once for a step', () => {
    const text = rustJob('- run: rustup update 1.75.0 && rustup default 1.75.0\n- run: cargo test');
    assert.equal(count(text, 'toolchain-overridden', pinned), 1);
  });

  it('gate-cannot-fail: leaves reports, and matrices of moving toolchains alone', () => {
    const soft = '\n  continue-on-error: true';
    const sarif = rustJob(`- run: cargo clippy --message-format=json | clippy-sarif | sarif-fmt${soft}`);
    assert.equal(count(sarif, 'gate-cannot-fail'), 0);
    const job = (channels: string): string =>
      rustJob('- run: cargo test', { job: `continue-on-error: true\nstrategy:\n  matrix:\n    rust: ${channels}` });
    assert.equal(count(job('[beta, nightly]'), 'gate-cannot-fail'), 0);
    assert.equal(count(job('[stable, nightly]'), 'gate-cannot-fail'), 1);
  });

  it('gate-job-incomplete: what runs for tags only is no gate', () => {
    const text = gateWorkflow('needs: [fmt, test]\nif: always()');
    const winget = (condition: string): string =>
      `${text}  winget:\n    runs-on: ubuntu-latest\n    if: ${condition}\n    steps:\n      - run: submit\n`;
    assert.equal(count(winget("startsWith(github.ref, 'refs/tags/v')"), 'gate-job-incomplete'), 0);
    assert.equal(count(winget('success()'), 'gate-job-incomplete'), 1);
  });
});
