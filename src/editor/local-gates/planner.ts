/** What reads workflows, apart from what VS Code loads at start: only who runs a gate here needs it. */
export { measuredIn, outputsIn } from '../../core/gates/local/outcome.js';
export { detectionFor, gatesIn, planOf } from '../../core/gates/local/plan.js';
export { readWorkflow } from '../../core/gates/local/workflow-file.js';
