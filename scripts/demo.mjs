// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { root } from './root.mjs';
import { copySample } from './sample.mjs';

const owner = 'acme';
const name = 'tally';

/**
 * The sample project with a pipeline and three months of history, and a stand-in for GitHub that has them too, in real time.
 * @param {import('../test/github/check/description.js').Profile} profile
 */
export async function startDemo(profile) {
  const { demoHistory, ownBranch, mainBranch, seedDemo, startGitHub } = await standIn();
  const sample = await copySample();
  try {
    await addPipeline(sample.folder);
    const history = demoHistory(await filesOf(sample.folder));
    const shas = await writeHistory(sample.folder, history, ownBranch);
    const github = await startGitHub({ profile, basePath: '/api/v3', speed: 1 });
    seedDemo(github, { owner, name, history, shas });
    await connect(sample.folder, `${github.url}/${owner}/${name}.git`, [mainBranch, ownBranch]);
    return {
      folder: sample.folder,
      /** User settings by which VS Code finds the stand-in. */
      settings: { 'github-enterprise.uri': github.url },
      github,
      stop: async () => {
        await github.stop();
        await sample.remove();
      },
    };
  } catch (error) {
    await sample.remove();
    throw error;
  }
}

/** @returns {Promise<typeof import('../test/github/demo/index.js')>} the stand-in, bundled so that Node can run it */
export async function standIn() {
  const outfile = join(root, 'out/github/demo.mjs');
  await build({
    entryPoints: [join(root, 'test/github/demo/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    sourcemap: 'linked',
    logLevel: 'warning',
    // Some dependencies are CommonJS inside and ask for require.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  return import(pathToFileURL(outfile).href);
}

/** @param {string} folder gets the pipeline that the product recommends for it */
async function addPipeline(folder) {
  await execa(process.execPath, [join(root, 'dist/cli.js'), 'scaffold', folder], { stdin: 'ignore' });
}

/** @param {string} folder @returns {Promise<Record<string, string>>} */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !path.startsWith('.git/'));
  const texts = paths.map(async (path) => /** @type {const} */ ([path, await readFile(join(folder, path), 'utf8')]));
  return Object.fromEntries(await Promise.all(texts));
}

/**
 * Gives the repository another history.
 * @param {string} folder
 * @param {readonly import('../test/github/demo/index.js').DemoCommit[]} history oldest first
 * @param {string} checkedOut
 * @returns {Promise<string[]>} the SHAs of the commits
 */
async function writeHistory(folder, history, checkedOut) {
  const lines = history.flatMap(({ message, author, daysAgo, branch, files, tag }, index) => {
    const person = `${author} <${author}@example.com> ${Math.floor(Date.now() / 1000 - daysAgo * 86_400)} +0000`;
    const isFirst = history.findIndex((other) => other.branch === branch) === index;
    // The first commit of a branch grows from the last one before it.
    const from = index === 0 ? [] : [`from :${isFirst ? index : lastOn(history, branch, index) + 1}`];
    return [
      `commit refs/heads/${branch}`,
      `mark :${index + 1}`,
      `author ${person}`,
      `committer ${person}`,
      data(message),
      ...from,
      ...(index === 0 ? ['deleteall'] : []),
      ...Object.entries(files).flatMap(([path, text]) => [`M 100644 inline ${path}`, data(text)]),
      '',
      ...(tag === undefined ? [] : [`reset refs/tags/${tag}`, `from :${index + 1}`, '']),
    ];
  });
  const marks = join(folder, '.git/demo-marks');
  const git = (/** @type {string[]} */ ...args) => execa('git', args, { cwd: folder });
  await execa('git', ['fast-import', '--quiet', '--force', `--export-marks=${marks}`], {
    cwd: folder,
    input: `${lines.join('\n')}\n`,
  });
  await git('checkout', '--quiet', '--force', checkedOut);
  const found = new Map((await readFile(marks, 'utf8')).trim().split('\n').map(readMark));
  return history.map((_, index) => found.get(`:${index + 1}`) ?? '');
}

/** @param {string} text */
function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

/** @param {string} line @returns {[string, string]} */
function readMark(line) {
  const [mark = '', sha = ''] = line.split(' ');
  return [mark, sha];
}

/** @param {readonly { branch: string }[]} history @param {string} branch @param {number} before */
function lastOn(history, branch, before) {
  return history.slice(0, before).findLastIndex((commit) => commit.branch === branch);
}

/** What a clone would have of its remote. @param {string} folder @param {string} url @param {readonly string[]} branches */
async function connect(folder, url, branches) {
  const git = (/** @type {string[]} */ ...args) => execa('git', args, { cwd: folder });
  await git('remote', 'add', 'origin', url);
  for (const branch of branches) {
    await git('update-ref', `refs/remotes/origin/${branch}`, branch);
    await git('branch', '--quiet', `--set-upstream-to=origin/${branch}`, branch);
  }
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', `refs/remotes/origin/${branches[0] ?? ''}`);
}
