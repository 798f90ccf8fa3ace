/** Names that GitHub takes for secrets. */
export function secretNameProblem(name: string): 'form' | 'reserved' | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'form';
  return /^GITHUB_/i.test(name) ? 'reserved' : null;
}

export type SecretProblem = 'empty' | 'long' | 'notAWebhook' | 'spaces';

/** GitHub takes 48 kB. */
const most = 48 * 1024;

/** What is obviously wrong with the value of a secret. The value stays where it is. */
export function secretProblem(name: string, value: string): SecretProblem | null {
  if (value.trim() === '') return 'empty';
  if (new TextEncoder().encode(value).length > most) return 'long';
  if (name === 'SLACK_WEBHOOK_URL' && !/^https:\/\/[^\s]+$/.test(value.trim())) return 'notAWebhook';
  if (name === 'CODECOV_TOKEN' && /\s/.test(value.trim())) return 'spaces';
  return null;
}

/** Tokens and addresses never begin or end with white space, but what is copied does. */
export function cleanSecret(name: string, value: string): string {
  return name === 'SLACK_WEBHOOK_URL' || name === 'CODECOV_TOKEN' ? value.trim() : value;
}

/** The secrets that workflows read, other than the token that GitHub itself gives them. */
export function secretsReadBy(workflows: readonly string[]): string[] {
  const found = workflows.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => !/^\s*#/.test(line))
      .flatMap((line) =>
        [...line.matchAll(/\bsecrets(?:\.|\[\s*')([A-Za-z_]\w*)/g)].map(([, name = '']) => name.toUpperCase()),
      ),
  );
  return [...new Set(found)].filter((name) => secretNameProblem(name) === null).sort();
}
