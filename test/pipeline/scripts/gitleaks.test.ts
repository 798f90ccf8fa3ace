import assert from 'node:assert/strict';
import { execa } from 'execa';
import { folderWith, runScript } from './script.js';

/** Says which commits it was asked to look at. */
const gitleaks = { gitleaks: 'printf "%s\\n" "$@" | sed -n "/^--log-opts$/{n;s/^/looked at /p}"' };

async function repository(): Promise<{ folder: string; commits: string[] }> {
  const folder = await folderWith({ 'README.md': 'text\n' });
  const git = async (...args: string[]) =>
    (await execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder })).stdout;
  const commits: string[] = [];
  for (const message of ['one', 'two']) {
    await git('commit', '--quiet', '--allow-empty', '--message', message);
    commits.push(await git('rev-parse', 'HEAD'));
  }
  return { folder, commits };
}

describe('gitleaks.sh', () => {
  it('looks at what a pull request adds', async () => {
    const { folder, commits } = await repository();
    const base = commits[0] ?? '';
    const { log, succeeded } = await runScript('gitleaks.sh', [], folder, { BASE: base }, gitleaks);
    assert(succeeded, log);
    assert.match(log, new RegExp(`looked at ${base}\\.\\.HEAD`));
  });

  it('looks at the whole history when the base is gone, as after a forced push', async () => {
    const { folder } = await repository();
    const { log, succeeded } = await runScript('gitleaks.sh', [], folder, { BASE: 'f'.repeat(40) }, gitleaks);
    assert(succeeded, log);
    assert.match(log, /looked at HEAD/);
  });

  it('fails when there is no history to look at, because gitleaks itself would pass', async () => {
    const { succeeded } = await runScript('gitleaks.sh', [], await folderWith({}), {}, gitleaks);
    assert.equal(succeeded, false);
  });
});
