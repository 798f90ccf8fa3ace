import assert from 'node:assert/strict';
import { findingsOf, fixed, marked, withSteps } from '../linting';

const sha = '6323deb102c322ba6fcbdcafc7e3dddab59af2b6';

describe('pins of actions', () => {
  it('replace a major tag by the commit of its newest release and keep comments and quotes', () => {
    const text = withSteps("- uses: 'Swatinem/rust-cache@v2' # fast");
    assert.equal(fixed(text, 'unpinned-uses'), withSteps(`- uses: 'Swatinem/rust-cache@${sha}' # v2.9.2 fast`));
  });

  it('do not change the version without asking', () => {
    const text = withSteps('- uses: Swatinem/rust-cache@v2.0.0');
    assert.equal(fixed(text, 'unpinned-uses'), text);
    const [fix] = findingsOf(text).find(({ code }) => code === 'unpinned-uses')?.fixes ?? [];
    assert.equal(fix?.unsafe, true);
  });

  it('are not asked of actions whose ref is a toolchain with more than a hint', () => {
    const [finding] = findingsOf(withSteps('- uses: dtolnay/rust-toolchain@stable')).filter(
      ({ code }) => code === 'unpinned-uses',
    );
    assert.equal(finding?.severity, 'hint');
    assert.deepEqual(
      findingsOf(withSteps('- uses: dtolnay/rust-toolchain@stable')).filter(
        ({ code }) => code === 'superfluous-actions',
      ),
      [],
    );
  });

  it('are compared with their comments', () => {
    const text = withSteps(`- uses: Swatinem/rust-cache@${sha} # v2.7.0`);
    assert.deepEqual(marked(text, 'ref-version-mismatch'), ['v2.7.0']);
    assert.equal(fixed(text, 'ref-version-mismatch'), withSteps(`- uses: Swatinem/rust-cache@${sha} # v2.9.2`));
  });
});

describe('credentials of the checkout', () => {
  it('are taken away only where nothing pushes', () => {
    const plain = withSteps('- uses: actions/checkout@v4\n- run: cargo test');
    assert.match(fixed(plain, 'artipacked'), /with:\n {10}persist-credentials: false/);
    const pushing = withSteps('- uses: actions/checkout@v4\n- run: git push');
    assert.equal(fixed(pushing, 'artipacked'), pushing);
  });
});
