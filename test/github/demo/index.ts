export { demoHistory, mainBranch, ownBranch, type DemoCommit } from './history.js';
export { seedDemo, type DemoOptions } from './seed.js';
export { startGitHub } from '../github.js';
