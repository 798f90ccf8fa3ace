export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  message: string;
}

const retired = /^::(?:set-output|save-state|set-env|add-path)\b/m;

/** The `::error::`, `::warning::` and `::notice::` commands in what a step printed. */
export function readAnnotations(output: string): Annotation[] {
  if (retired.test(output)) throw new Error('A step used a workflow command that GitHub has switched off.');
  return [...output.matchAll(/^::(error|warning|notice)(?: .*?)?::(.*)$/gm)].map(([, level, message = '']) => ({
    level: level as Annotation['level'],
    message: message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%'),
  }));
}
