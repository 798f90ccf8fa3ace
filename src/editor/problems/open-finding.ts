import { l10n, Range, TextEditorRevealType, Uri, window } from 'vscode';
import * as v from 'valibot';
import { openLog } from '../logs/open-log.js';
import type { Logs } from '../logs/logs.js';
import { FilePositions } from '../working-copy/position.js';
import { short } from '../status/words.js';
import type { Findings } from './gate-findings.js';

const referenceSchema = v.object({ gate: v.string(), index: v.number() });

/** Goes to the line that a finding is about; where it is about none, to its line in the log. */
export async function openFinding(findings: Findings, logs: Logs, argument: unknown): Promise<void> {
  const reference = v.safeParse(referenceSchema, argument);
  if (!reference.success) return;
  const known = findings.of({ id: reference.output.gate });
  const finding = known?.findings[reference.output.index];
  if (!known || !finding) return;
  const { repository, run, jobs } = known;
  if (finding.path !== null) {
    const uri = Uri.joinPath(repository.root, finding.path);
    const here = (await FilePositions.of(uri, run.sha))?.of(finding);
    if (here) {
      // The cursor goes there; nothing is selected that the next key would replace.
      const selection = new Range(here.range.start, here.range.start);
      const editor = await window.showTextDocument(uri, { selection, preview: true });
      editor.revealRange(here.range, TextEditorRevealType.InCenterIfOutsideViewport);
      if (here.uncertain) {
        const text = l10n.t('This line has changed since {0}, the commit of the run.', short(run.sha));
        window.setStatusBarMessage(`$(warning) ${text}`, 10_000);
      }
      return;
    }
  }
  const job = jobs.find(({ id }) => finding.jobIds.includes(id));
  if (job) await openLog(logs, repository, { run, job, logLine: finding.logLine ?? undefined });
}
