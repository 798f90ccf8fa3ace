// @ts-check
// The text of the rule reference, from the rules' own descriptions and examples.

/** @typedef {import('../src/core/lint/rule').Rule} Rule */

const introductions = {
  syntax: 'Is the file what GitHub can read? YAML, keys, values and types.',
  expression: 'Does `${{ }}` mean something? Contexts, functions, types.',
  correctness: 'Does the workflow do what it says?',
  security: 'Can somebody else use it?',
  rust: 'Does it do right by Cargo, rustup and the tools around them?',
  pipeline: 'Can its gates fail, and does anybody wait for them?',
};

/** @param {readonly Rule[]} rules @returns {string} the text of docs/lint-rules.md */
export function ruleReference(rules) {
  const parts = [
    `# Lint rules

Made from the rules in \`src/core/lint/rules/\` by \`node scripts/lint-docs.mjs\`.

A rule's severity is set in the setting \`rustCi.lint.severity\`, by its code or by its category: \`error\`, \`warning\`, \`info\`,
\`hint\` or \`off\`. A single finding is ignored with a comment behind its line or on the line above: \`# rust-ci: ignore[code] reason\`;
a rule in a whole file with \`# rust-ci: ignore-file[code] reason\`. Ignore comments of zizmor and the configuration files of zizmor
and actionlint are honoured.
`,
  ];
  for (const [category, introduction] of Object.entries(introductions)) {
    const own = rules.filter((rule) => rule.category === category);
    parts.push(`## ${category}`, introduction, table(own), ...own.map(section));
  }
  return `${parts.join('\n\n')}\n`;
}

/** @param {readonly Rule[]} rules */
function table(rules) {
  const rows = rules.map(
    ({ code, title, severity, source }) => `| [${code}](#${code}) | ${title} | ${severity} | ${source ?? ''} |`,
  );
  return ['| code | what is wrong | severity | also known as |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** @param {Rule} rule */
function section(rule) {
  const links = (rule.links ?? []).map((link) => `- <${link}>`).join('\n');
  return [
    `### ${rule.code}`,
    `${rule.title}. Severity: ${rule.severity}.`,
    rule.description,
    'Found:',
    ...rule.bad.slice(0, 1).map(example),
    'Fine:',
    ...rule.good.slice(0, 1).map(example),
    ...(links === '' ? [] : [links]),
  ].join('\n\n');
}

/** @param {import('../src/core/lint/rule').Example} example */
function example(example) {
  const { text, path, files } = typeof example === 'string' ? { text: example } : example;
  const blocks = [
    block(text, path),
    ...Object.entries(files ?? {})
      .filter(([name]) => name !== path)
      .map(([name, content]) => block(content, name)),
  ];
  return blocks.join('\n\n');
}

/** @param {string} text @param {string} [path] */
function block(text, path) {
  const language = path?.endsWith('.toml') ? 'toml' : path?.endsWith('.json') ? 'json' : 'yaml';
  return `${path === undefined ? '' : `\`${path}\`:\n\n`}\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
