import * as v from 'valibot';
import { parse } from 'yaml';
import { type Workflow, workflowSchema } from './schema.js';

/** Reads a workflow file; throws on whatever of it the runner does not understand. `file` is for the message. */
export function readWorkflow(yaml: string, file: string): Workflow {
  const result = v.safeParse(workflowSchema, parse(yaml));
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `  ${v.getDotPath(issue) ?? '(file)'}: ${issue.message}`);
  throw new Error(`${file} has what the runner does not understand:\n${problems.join('\n')}`);
}
