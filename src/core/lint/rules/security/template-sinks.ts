import type { Expression } from '../../analysis';
import { actionName } from './all-uses';

/** Inputs of actions whose text runs as code. */
const inputs: Readonly<Record<string, readonly string[]>> = {
  '8398a7/action-slack': ['custom_payload'],
  'actions/github-script': ['script'],
  'addnab/docker-run-action': ['run', 'options'],
  'amadevus/pwsh-script': ['script'],
  'appleboy/ssh-action': ['script'],
  'azure/cli': ['inlinescript'],
  'azure/powershell': ['inlinescript'],
  'cardinalby/js-eval-action': ['expression'],
  'devorbitus/yq-action-output': ['cmd'],
  'gautamkrishnar/blog-post-workflow': ['item_exec'],
  'imjohnbo/issue-bot': ['body', 'linked-comments-previous-issue-text', 'linked-comments-new-issue-text'],
  'jannekem/run-python-script-action': ['script'],
  'lucasbento/auto-close-issues': ['issue-close-message'],
  'mikefarah/yq': ['cmd'],
  'roots/issue-closer-action': ['issue-close-message', 'pr-close-message'],
  'sergeysova/jq-action': ['cmd'],
  'skitionek/notify-microsoft-teams': ['overwrite'],
  'tibdex/backport': ['body_template', 'head_template', 'labels_template', 'title_template'],
};

/** Whether the text that an expression becomes a part of runs as code. */
export function isSink({ place }: Expression): boolean {
  const { step, section, key } = place;
  if (step === undefined) return false;
  if (step.run !== undefined && section === 'run') return true;
  if (section !== 'with' || step.uses?.kind !== 'action') return false;
  return inputs[actionName(step.uses)]?.includes(key.toLowerCase()) === true;
}
