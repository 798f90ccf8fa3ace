import type { TemplateSet } from './render.js';

/** Version of the templates that this product carries. */
export const templateVersion = '1.0.0';

/** The pipeline that this product writes. */
export const templates: TemplateSet = new Map();

/**
 * What earlier versions wrote, by version: an update merges against what was generated then. When a template changes
 * after its release, `templateVersion` rises and the old files move to `workflows-template/released/VERSION`.
 */
export const releasedTemplates: ReadonlyMap<string, () => TemplateSet> = new Map([[templateVersion, () => templates]]);

/** Whether templates of that version are younger than the ones that this product carries. */
export function isNewerVersion(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version) && version.localeCompare(templateVersion, 'en', { numeric: true }) > 0;
}
