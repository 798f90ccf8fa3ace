/** What sets up, verifies and rolls back: a bundle of its own, which is loaded with the first such command. */
export { rollBack } from '../rollback/rollback.js';
export { readChecklist } from '../set-up/checklist.js';
export { fix } from '../set-up/fix.js';
export { verifyPipeline } from '../verify/verify.js';
