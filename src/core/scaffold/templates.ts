import dependabotYml from '../../../workflows-template/.github/dependabot.yml';
import auditSh from '../../../workflows-template/.github/rust-ci/audit.sh';
import benchmarksSh from '../../../workflows-template/.github/rust-ci/benchmarks.sh';
import clippySh from '../../../workflows-template/.github/rust-ci/clippy.sh';
import coverageSh from '../../../workflows-template/.github/rust-ci/coverage.sh';
import denySh from '../../../workflows-template/.github/rust-ci/deny.sh';
import detectSh from '../../../workflows-template/.github/rust-ci/detect.sh';
import gitleaksSh from '../../../workflows-template/.github/rust-ci/gitleaks.sh';
import historySh from '../../../workflows-template/.github/rust-ci/history.sh';
import imageSh from '../../../workflows-template/.github/rust-ci/image.sh';
import messageSh from '../../../workflows-template/.github/rust-ci/message.sh';
import publishCratesSh from '../../../workflows-template/.github/rust-ci/publish-crates.sh';
import releaseSh from '../../../workflows-template/.github/rust-ci/release.sh';
import reportSh from '../../../workflows-template/.github/rust-ci/report.sh';
import rollbackSh from '../../../workflows-template/.github/rust-ci/rollback.sh';
import semverSh from '../../../workflows-template/.github/rust-ci/semver.sh';
import zizmorSh from '../../../workflows-template/.github/rust-ci/zizmor.sh';
import benchmarksYml from '../../../workflows-template/.github/workflows/benchmarks.yml';
import containerYml from '../../../workflows-template/.github/workflows/container.yml';
import releaseYml from '../../../workflows-template/.github/workflows/release.yml';
import rollbackYml from '../../../workflows-template/.github/workflows/rollback.yml';
import securityYml from '../../../workflows-template/.github/workflows/security.yml';
import testYml from '../../../workflows-template/.github/workflows/test.yml';
import denyToml from '../../../workflows-template/deny.toml';
import ciCdMd from '../../../workflows-template/docs/ci-cd.md';
import type { TemplateSet } from './render.js';

/** Version of the templates that this product carries. */
export const templateVersion = '1.0.0';

/** The pipeline that this product writes. */
export const templates: TemplateSet = new Map([
  ['.github/dependabot.yml', dependabotYml],
  ['.github/rust-ci/audit.sh', auditSh],
  ['.github/rust-ci/benchmarks.sh', benchmarksSh],
  ['.github/rust-ci/clippy.sh', clippySh],
  ['.github/rust-ci/coverage.sh', coverageSh],
  ['.github/rust-ci/deny.sh', denySh],
  ['.github/rust-ci/detect.sh', detectSh],
  ['.github/rust-ci/gitleaks.sh', gitleaksSh],
  ['.github/rust-ci/history.sh', historySh],
  ['.github/rust-ci/image.sh', imageSh],
  ['.github/rust-ci/message.sh', messageSh],
  ['.github/rust-ci/publish-crates.sh', publishCratesSh],
  ['.github/rust-ci/release.sh', releaseSh],
  ['.github/rust-ci/report.sh', reportSh],
  ['.github/rust-ci/rollback.sh', rollbackSh],
  ['.github/rust-ci/semver.sh', semverSh],
  ['.github/rust-ci/zizmor.sh', zizmorSh],
  ['.github/workflows/benchmarks.yml', benchmarksYml],
  ['.github/workflows/container.yml', containerYml],
  ['.github/workflows/release.yml', releaseYml],
  ['.github/workflows/rollback.yml', rollbackYml],
  ['.github/workflows/security.yml', securityYml],
  ['.github/workflows/test.yml', testYml],
  ['deny.toml', denyToml],
  ['docs/ci-cd.md', ciCdMd],
]);

/**
 * What earlier versions wrote, by version: an update merges against what was generated then. When a template changes
 * after its release, `templateVersion` rises and a copy of the old files goes to `released-templates/VERSION`, from where
 * they are carried and listed here. Released files never change: their hashes stand in the users' manifests.
 */
export const releasedTemplates: ReadonlyMap<string, () => TemplateSet> = new Map([[templateVersion, () => templates]]);

/** Whether templates of that version are younger than the ones that this product carries. */
export function isNewerVersion(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version) && version.localeCompare(templateVersion, 'en', { numeric: true }) > 0;
}
