// Stands in for GitHub's command line: the releases of one repository, kept in a folder, as `gh release` shows them.
// usage: gh.mjs STATE REPOSITORY COMMAND...   STATE: a folder for the releases; REPOSITORY: the git repository, for tags
// It knows what the workflows call, and refuses every other command and flag.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

const [state, repository, ...command] = process.argv.slice(2);
const fileOf = (tag) => join(state, `${encodeURIComponent(tag)}.json`);
const read = (tag) => (existsSync(fileOf(tag)) ? JSON.parse(readFileSync(fileOf(tag), 'utf8')) : undefined);
const write = (release) => writeFileSync(fileOf(release.tagName), JSON.stringify(release));
const all = () => readdirSync(state).map((name) => JSON.parse(readFileSync(join(state, name), 'utf8')));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function git(...args) {
  return execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim();
}

/** What `--json` and `--jq` print. */
function print(value, { json, jq }) {
  const names = json.split(',');
  const pick = (release) => Object.fromEntries(names.map((name) => [name, release[name]]));
  const text = JSON.stringify(Array.isArray(value) ? value.map(pick) : pick(value));
  process.stdout.write(jq === undefined ? `${text}\n` : execFileSync('jq', ['-r', jq], { input: text }));
}

function found(tag) {
  return read(tag) ?? fail('release not found');
}

const text = { type: 'string' };
const flag = { type: 'boolean' };
const commands = {
  'release view': {
    options: { json: text, jq: text, repo: text },
    run: ([tag], values) => print(found(tag), values),
  },
  'release list': {
    options: { json: text, jq: text, repo: text, limit: text, 'exclude-drafts': flag, 'exclude-pre-releases': flag },
    run: (_, values) => {
      const hidden = ({ isDraft, isPrerelease }) =>
        (isDraft && values['exclude-drafts']) || (isPrerelease && values['exclude-pre-releases']);
      print(
        all().filter((release) => !hidden(release)),
        values,
      );
    },
  },
  'release create': {
    options: {
      draft: flag,
      prerelease: flag,
      title: text,
      'generate-notes': flag,
      'verify-tag': flag,
      target: text,
      repo: text,
    },
    run: ([tag, ...files], values) => {
      if (read(tag)) fail(`a release with the same tag name already exists: ${tag}`);
      if (values['verify-tag'] && git('tag', '--list', tag) !== tag) fail(`tag ${tag} doesn't exist in the repo`);
      const assets = files.map((file) => {
        const bytes = readFileSync(file);
        const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        return { name: basename(file), size: bytes.length, digest };
      });
      const { target, draft = false, prerelease = false } = values;
      const url = `https://github.com/releases/${tag}`;
      write({ tagName: tag, isDraft: draft, isPrerelease: prerelease, isLatest: false, target, url, assets });
    },
  },
  'release edit': {
    options: { draft: text, latest: flag, 'not-latest': flag, repo: text },
    run: ([tag], values) => {
      const release = found(tag);
      if (values.draft === 'false') {
        release.isDraft = false;
        if (git('tag', '--list', tag) === '') git('tag', tag, release.target);
      }
      if (values.latest) for (const other of all()) write({ ...other, isLatest: false });
      write({ ...release, isLatest: values.latest ?? (values['not-latest'] ? false : release.isLatest) });
    },
  },
  'release delete': { options: { yes: flag, repo: text }, run: ([tag]) => rmSync(found(tag) && fileOf(tag)) },
  'auth setup-git': { options: {}, run: () => undefined },
};

mkdirSync(state, { recursive: true });
if (!process.env.GH_TOKEN) fail('gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN variable.');
const name = command.slice(0, 2).join(' ');
if (!(name in commands)) fail(`gh: the tests don't know "${name}"`);
const args = command.slice(2).map((arg) => (arg === '--latest=false' ? '--not-latest' : arg));
const { values, positionals } = parseArgs({ args, options: commands[name].options, allowPositionals: true });
commands[name].run(positionals, values);
