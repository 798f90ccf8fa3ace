/** A workflow of one job, in which nothing but the given parts is remarkable, for the examples of rules. */
export function workflowOf(
  steps: string,
  parts: { readonly on?: string; readonly permissions?: string; readonly job?: string; readonly top?: string } = {},
): string {
  const { on = 'push', permissions = '{}', job = '', top = '' } = parts;
  return [
    'name: CI',
    `on: ${on}`,
    ...(permissions === '' ? [] : [`permissions: ${permissions}`]),
    ...(top === '' ? [] : [top]),
    'jobs:',
    '  test:',
    '    name: Test',
    '    runs-on: ubuntu-latest',
    ...(job === '' ? [] : [indented(job, 4)]),
    '    steps:',
    indented(steps, 6),
    '',
  ].join('\n');
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
