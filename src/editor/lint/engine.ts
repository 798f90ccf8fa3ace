/** What the editor needs of the linter: a bundle of its own in Node, which is loaded with the first workflow. */
export { metadataOf } from '../../core/lint/catalogue/catalogue.js';
export { isSafe, ruleUrl } from '../../core/lint/finding.js';
export { applyEdits, combine } from '../../core/lint/fix/apply.js';
export { pinnableAt, pinUses } from '../../core/lint/fix/pin-uses.js';
export { fixAll, lint } from '../../core/lint/lint.js';
export { Repository } from '../../core/lint/repository.js';
export { rules } from '../../core/lint/rules/index.js';
export { ignoreFix } from '../../core/lint/suppression.js';
