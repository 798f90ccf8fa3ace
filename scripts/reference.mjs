// Writes the tables of commands and settings into README.md, from package.json. Run it after changing either; a unit test compares.
// usage: node scripts/reference.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** README.md with its tables as package.json would have them. */
export async function withReference(readme) {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const strings = JSON.parse(readFileSync('package.nls.json', 'utf8'));
  const text = (value = '') => value.replace(/^%(.+)%$/, (_, key) => strings[key]);
  const cell = (value) =>
    text(value).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`#', '`').replaceAll('#`', '`');

  const hidden = new Set(
    contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
  );
  const commands = contributes.commands
    .filter(({ command }) => !hidden.has(command))
    .map(({ command, category, title }) => `| ${text(category)}: ${cell(title)} | \`${command}\` |`);
  const settings = contributes.configuration.flatMap(({ properties }) =>
    Object.entries(properties).map(
      ([name, { default: value, markdownDescription, description }]) =>
        `| \`${name}\` | \`${JSON.stringify(value)}\` | ${cell(markdownDescription ?? description)} |`,
    ),
  );
  const tables = {
    commands: ['| command | id |', '| --- | --- |', ...commands],
    settings: ['| setting | default | what it does |', '| --- | --- | --- |', ...settings],
  };
  const filled = readme.replaceAll(
    /(<!-- table: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, start, name, end) => `${start}\n\n${tables[name].join('\n')}\n\n${end}`,
  );
  return format(filled, { ...(await resolveConfig('README.md')), filepath: 'README.md' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('README.md', await withReference(readFileSync('README.md', 'utf8')));
}
