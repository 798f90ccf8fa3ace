/** What seals secrets: a bundle of its own, which is loaded with the first secret. */
export { seal } from '../../github/set-up/seal.js';
