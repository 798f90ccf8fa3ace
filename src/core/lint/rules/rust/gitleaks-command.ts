import { inScript } from '../../cargo/command';
import { commandsOf } from '../../shell/commands';
import { rule } from '../../rule';
import { rustJob } from './examples';

export const gitleaksCommand = rule({
  code: 'gitleaks-command',
  category: 'rust',
  title: 'A command of Gitleaks that is going away',
  severity: 'info',
  description:
    '`gitleaks detect` and `gitleaks protect` are deprecated since 8.19. Use `gitleaks git` for a repository and `gitleaks dir` for files.',
  bad: [rustJob('- run: gitleaks detect --redact')],
  good: [rustJob('- run: gitleaks git --redact')],
  links: ['https://github.com/gitleaks/gitleaks#readme'],
  files: ['workflow', 'action'],
  check: ({ steps, text, report }) => {
    for (const step of steps)
      for (const command of step.run === undefined ? [] : commandsOf(step.run)) {
        const [program, verb] = command.words;
        if (program?.text === 'gitleaks' && (verb?.text === 'detect' || verb?.text === 'protect'))
          report(
            inScript(text, step, verb),
            `"gitleaks ${verb.text}" is deprecated; use "gitleaks git" or "gitleaks dir".`,
            { tags: ['deprecated'] },
          );
      }
  },
});
