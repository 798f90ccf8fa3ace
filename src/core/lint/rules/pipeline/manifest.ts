import type { RuleContext } from '../../rule';
import type { Repository } from '../../repository';

/** What the linter wants to know of `.github/rust-ci.json`. */
export interface PipelineManifest {
  readonly template: string;
  /** Paths of the files that were written. */
  readonly files: readonly string[];
}

export const manifestPath = '.github/rust-ci.json';

/** The manifest of the pipeline; undefined where there is none or it cannot be read, which the update reports. */
export function manifestOf(repository: Repository | undefined): PipelineManifest | undefined {
  return repository?.derive(manifestPath, 'manifest', (text) => ({ manifest: read(text) }))?.manifest;
}

function read(text: string): PipelineManifest | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value !== 'object' || value === null || !('template' in value) || !('files' in value)) return undefined;
    const { template, files } = value;
    if (typeof template !== 'string' || typeof files !== 'object' || files === null) return undefined;
    return { template, files: Object.keys(files) };
  } catch {
    return undefined;
  }
}

/** The workflow's id, where it is one that the pipeline wrote. */
export function pipelineId({ repository, path: file }: RuleContext): string | undefined {
  if (manifestOf(repository)?.files.includes(file) !== true) return undefined;
  return /^\.github\/workflows\/(?:rust-ci-)?([a-z]+)\.yml$/.exec(file)?.[1];
}
