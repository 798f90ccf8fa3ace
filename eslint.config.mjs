import tseslint from 'typescript-eslint';

const node = { group: ['node:*'], message: 'This layer runs in a web worker too.' };
const vscode = { name: 'vscode', message: 'Only src/editor and src/extension.ts know VS Code.' };
const octokit = { group: ['@octokit/*'], message: 'Only src/github talks to GitHub.' };
const layer = (files, paths, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { paths, patterns }] },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'artifacts/', '.vscode-test/', '**/fixtures/'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['it', 'describe'] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
    },
  },
  layer(
    ['src/core/**'],
    [vscode],
    [
      node,
      octokit,
      {
        group: ['**/github/**', '**/editor/**', '**/cli/**', '#platform'],
        message: 'The core depends on nothing above it.',
      },
    ],
  ),
  layer(
    ['src/github/**'],
    [vscode],
    [{ group: ['**/editor/**', '**/cli/**'], message: 'src/github knows no editor.' }],
  ),
  layer(['src/cli/**'], [vscode], [{ group: ['**/editor/**'], message: 'The CLI runs without an editor.' }]),
  layer(['src/webview/**'], [vscode], [node, octokit]),
  {
    files: ['src/core/**'],
    rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname', 'window', 'document'] },
  },
  {
    files: ['src/extension.ts', 'src/editor/**'],
    ignores: ['src/editor/platform/{node,processes}.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [node] }] },
  },
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
