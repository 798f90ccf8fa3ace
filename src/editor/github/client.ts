/** What the editor needs of GitHub: a bundle of its own in Node, which is loaded when somebody looks. */
export { dispatchInputs } from '../../core/actions/dispatch-inputs.js';
export { actionRelease } from '../../github/api/action-release.js';
export { connect } from './connect.js';
export { whoAmI } from './who-am-i.js';
