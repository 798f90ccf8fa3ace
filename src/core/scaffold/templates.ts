import auditSh from '../../../workflows-template/.github/rust-ci/audit.sh';
import clippySh from '../../../workflows-template/.github/rust-ci/clippy.sh';
import coverageSh from '../../../workflows-template/.github/rust-ci/coverage.sh';
import detectSh from '../../../workflows-template/.github/rust-ci/detect.sh';
import gitleaksSh from '../../../workflows-template/.github/rust-ci/gitleaks.sh';
import reportSh from '../../../workflows-template/.github/rust-ci/report.sh';
import zizmorSh from '../../../workflows-template/.github/rust-ci/zizmor.sh';
import securityYml from '../../../workflows-template/.github/workflows/security.yml';
import testYml from '../../../workflows-template/.github/workflows/test.yml';
import type { TemplateSet } from './render.js';

/** Version of the templates that this product carries. */
export const templateVersion = '1.0.0';

/** The pipeline that this product writes. */
export const templates: TemplateSet = new Map([
  ['.github/rust-ci/audit.sh', auditSh],
  ['.github/rust-ci/clippy.sh', clippySh],
  ['.github/rust-ci/coverage.sh', coverageSh],
  ['.github/rust-ci/detect.sh', detectSh],
  ['.github/rust-ci/gitleaks.sh', gitleaksSh],
  ['.github/rust-ci/report.sh', reportSh],
  ['.github/rust-ci/zizmor.sh', zizmorSh],
  ['.github/workflows/security.yml', securityYml],
  ['.github/workflows/test.yml', testYml],
]);

/**
 * What earlier versions wrote, by version: an update merges against what was generated then. When a template changes
 * after its release, `templateVersion` rises and the old files move to `workflows-template/released/VERSION`.
 */
export const releasedTemplates: ReadonlyMap<string, () => TemplateSet> = new Map([[templateVersion, () => templates]]);

/** Whether templates of that version are younger than the ones that this product carries. */
export function isNewerVersion(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version) && version.localeCompare(templateVersion, 'en', { numeric: true }) > 0;
}
