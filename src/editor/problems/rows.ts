import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Gate } from '../../core/gates/gate.js';
import type { Finding } from '../../core/problems/finding.js';
import type { Row } from '../tree/row.js';
import type { Findings, GateFindings } from './gate-findings.js';

/** Rows below a gate; the rest is in the Problems panel. */
const most = 50;

const icons = {
  error: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  warning: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  info: new ThemeIcon('info'),
};

/** What a gate found, as rows below it: `src/net.rs:41 needless borrow`. */
export function findingRows(findings: Findings, gate: Gate): Row[] {
  const known = findings.of(gate);
  if (!known) return [];
  const id = `gates/${gate.id}/finding`;
  const rows = known.findings.slice(0, most).map((finding, index) => findingRow(finding, index, known, id));
  const more = known.findings.length - rows.length;
  if (more > 0) {
    rows.push({
      id: `${id}s/more`,
      label: l10n.t('{0} more in Problems', more),
      icon: new ThemeIcon('ellipsis'),
      command: { command: 'rustCi.showProblems', title: l10n.t('Show Problems') },
    });
  }
  return [...rows, ...stateRow(known, id)];
}

/** What a command gets to find a finding again. */
export interface FindingReference {
  readonly gate: string;
  readonly index: number;
}

function findingRow(finding: Finding, index: number, { gate }: GateFindings, parent: string): Row {
  const where = placeText(finding);
  const reference: FindingReference = { gate: gate.id, index };
  return {
    id: `${parent}/${where}/${finding.place?.column ?? 0}/${finding.source}/${finding.code ?? ''}/${finding.title}`,
    label: where === '' ? finding.title : where,
    description: where === '' ? undefined : finding.title,
    icon: icons[finding.severity],
    accessible: `${finding.severity === 'error' ? l10n.t('Error') : l10n.t('Warning')}: ${finding.title}. ${where}`,
    tooltip: () => [finding.title, finding.detail, finding.code ?? ''].filter((text) => text !== '').join('\n'),
    tokens: ['finding'],
    command: { command: 'rustCi.openFinding', title: l10n.t('Open'), arguments: [reference] },
  };
}

function placeText({ path, place }: Finding): string {
  if (path === null) return '';
  return place ? `${path}:${place.line}` : path;
}

/** What else there is to say: that logs are being read, could not be read, or say nothing. */
function stateRow({ gate, run, jobs, findings, reading, problem }: GateFindings, parent: string): Row[] {
  const id = `${parent}s/state`;
  if (reading) return [{ id, label: l10n.t('Reading the log…'), icon: new ThemeIcon('loading~spin') }];
  if (problem !== null) {
    return [
      {
        id,
        label: l10n.t('The log could not be read'),
        description: problem,
        tooltip: () => problem,
        icon: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
        command: { command: 'rustCi.retryFindings', title: l10n.t('Try Again') },
      },
    ];
  }
  const [job] = jobs;
  if (findings.length > 0 || !job) return [];
  return [
    {
      id,
      label: l10n.t('Open the log'),
      description: l10n.t('nothing in it is recognised as an error'),
      icon: new ThemeIcon('output'),
      tokens: ['gate-log', gate.id],
      command: {
        command: 'rustCi.openLog',
        title: l10n.t('Open Log'),
        arguments: [{ target: { kind: 'job', run, job } }],
      },
    },
  ];
}
