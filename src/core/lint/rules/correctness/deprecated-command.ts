import { ContentMap } from '../../yaml/content-map';
import { shellOf } from '../../shell/shell-of';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

const pattern = /::(set-output|save-state|set-env)\s+name=([\w-]+)::|::(add-path)::/g;
/** The whole line `echo "::set-output name=a::b"`, which can be rewritten. */
const line =
  /^([ \t]*)echo[ \t]+(["']?)::(set-output|save-state|set-env|add-path)(?:[ \t]+name=([\w-]+))?::([^\n]*?)\2[ \t]*$/gm;

const files: Record<string, string> = {
  'set-output': 'GITHUB_OUTPUT',
  'save-state': 'GITHUB_STATE',
  'set-env': 'GITHUB_ENV',
  'add-path': 'GITHUB_PATH',
};

export const deprecatedCommand = rule({
  code: 'deprecated-command',
  category: 'correctness',
  title: 'A workflow command that is gone',
  severity: 'error',
  description:
    '`::set-output`, `::save-state`, `::set-env` and `::add-path` could be faked by what a program prints. Append to the files in `$GITHUB_OUTPUT`, `$GITHUB_STATE`, `$GITHUB_ENV` and `$GITHUB_PATH`.',
  bad: [workflowOf('- run: echo "::set-output name=version::$VERSION"')],
  good: [workflowOf('- run: echo "version=$VERSION" >> "$GITHUB_OUTPUT"')],
  links: ['https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/'],
  source: 'actionlint: deprecated-commands',
  files: ['workflow', 'action'],
  check: ({ steps, workflow, text, edit, report }) => {
    for (const step of steps) {
      if (step.run?.text.includes('::') !== true) continue;
      const { run } = step;
      const map = new ContentMap(text, run);
      const rewritten = new Map<number, { start: number; end: number; text: string }>();
      if (shellOf(step, workflow) === 'posix')
        for (const match of run.text.matchAll(line)) {
          const [whole, indentation = '', quote = '', command = '', name, value = ''] = match;
          const content = name === undefined ? value : `${name}=${value}`;
          const word = quote === '' ? `"${content.trim()}"` : `${quote}${content}${quote}`;
          // Inside a quoted scalar of YAML the new quotes would have to be escaped.
          if (run.style === 'double' || run.style === 'single' || (quote === '' && /["\\`]/.test(content))) continue;
          const at = match.index + whole.indexOf('::');
          rewritten.set(at, {
            start: map.toFile(match.index + indentation.length),
            end: map.toFile(match.index + whole.length - 1) + 1,
            text: `echo ${word} >> "$${files[command] ?? ''}"`,
          });
        }
      for (const match of run.text.matchAll(pattern)) {
        const command = match[1] ?? match[3] ?? '';
        const change = rewritten.get(match.index);
        report(
          { start: map.toFile(match.index), end: map.toFile(match.index + match[0].length - 1) + 1 },
          `"::${command}" is not supported any more; append to the file in $${files[command] ?? ''}.`,
          {
            tags: ['deprecated'],
            fixes:
              change === undefined
                ? []
                : [edit.fix(`Write to $${files[command] ?? ''}`, edit.replace(change, change.text))],
          },
        );
      }
    }
  },
});
