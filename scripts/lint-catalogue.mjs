// Compiles data/actions.json into src/core/lint/catalogue/actions.json, which the linter carries: names are interned, and
// equal lists of inputs are stored once. A unit test compares the two.
// usage: node scripts/lint-catalogue.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

class Table {
  rows = [];
  #index = new Map();

  /** @returns {number} the row of a text, which is added when it is new */
  row(text) {
    let row = this.#index.get(text);
    if (row === undefined) {
      this.#index.set(text, (row = this.rows.length));
      this.rows.push(text);
    }
    return row;
  }
}

/** @returns {string} the text of src/core/lint/catalogue/actions.json */
export function compileCatalogue() {
  const actions = JSON.parse(readFileSync('data/actions.json', 'utf8'));
  const names = new Table();
  const lists = new Table();
  const messages = new Table();
  const code = (name) => names.row(name).toString(36);
  const input = ([name, { required, default: preset, deprecated }]) => {
    const message =
      deprecated === undefined ? '' : `~${messages.row(deprecated === true ? '' : deprecated).toString(36)}`;
    return `${code(name)}${required ? '!' : ''}${preset ? '=' : ''}${message}`;
  };
  const version = (entry) => [
    entry.tag ?? '',
    entry.sha ?? '',
    entry.using ?? '',
    lists.row(
      Object.entries(entry.inputs ?? {})
        .map(input)
        .join(' '),
    ),
    lists.row((entry.outputs ?? []).map(code).join(' ')),
    (entry.anyInput ? 1 : 0) + (entry.anyOutput ? 2 : 0) + (entry.outdated ? 4 : 0),
  ];
  const compiled = Object.fromEntries(
    Object.entries(actions).map(([slug, versions]) => [
      slug,
      Object.fromEntries(Object.entries(versions).map(([ref, entry]) => [ref, version(entry)])),
    ]),
  );
  const rows = Object.entries(compiled).map(
    ([slug, versions]) => `${JSON.stringify(slug)}:${JSON.stringify(versions)}`,
  );
  return `{"names":${JSON.stringify(names.rows.join(' '))},
"messages":${JSON.stringify(messages.rows)},
"lists":${JSON.stringify(lists.rows.join('|'))},
"actions":{
${rows.join(',\n')}
}}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync('src/core/lint/catalogue/actions.json', compileCatalogue());
