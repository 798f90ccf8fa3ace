import { rule } from '../../rule';
import type { Uses } from '../../model/uses';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';

interface Incident {
  readonly what: string;
  readonly advice: string;
  /** Commits with malicious code. */
  readonly commits?: readonly string[];
  /** Tags that stood for malicious code. */
  readonly tag?: (ref: string) => boolean;
}

const number = (ref: string): number[] => ref.replace(/^v/i, '').split('.').map(Number);

const incidents: Readonly<Record<string, Incident>> = {
  'aquasecurity/trivy-action': {
    what: 'In March 2026 its tags were moved to code that stole credentials',
    advice: 'pin v0.36.0 to its commit, or install Trivy with taiki-e/install-action',
    tag: (ref) => {
      const [major, minor = 0] = number(ref);
      return major === 0 && minor < 35;
    },
  },
  'aquasecurity/setup-trivy': {
    what: 'In March 2026 its tags were moved to code that stole credentials',
    advice: 'pin v0.2.6 to its commit 3fb12ec12f41e471780db15c232d5dd185dcb514',
    tag: (ref) => {
      const [major, minor = 0, patch = 0] = number(ref);
      return major === 0 && minor <= 2 && patch < 6;
    },
  },
  'tj-actions/changed-files': {
    what: 'In March 2025 its tags were moved to code that printed secrets (CVE-2025-30066)',
    advice: 'use v46.0.1 or newer, pinned to a commit',
    commits: ['0e58ed8671d6b60d0890c21b07f8835ace038e67'],
    tag: (ref) => (number(ref)[0] ?? 46) <= 45,
  },
  'reviewdog/action-setup': {
    what: 'In March 2025 v1 was moved to code that printed secrets (CVE-2025-30154)',
    advice: 'pin a commit made after 2025-03-18',
    commits: ['f0d342d24037bb11d26b9bd8496e0808ba32e9ec'],
  },
};

/** The tools that the same attack published. */
const trivyVersions = /^v?0\.69\.(?:4|5|6)$/;

export const compromisedAction = rule({
  code: 'compromised-action',
  category: 'security',
  title: 'A version of an action that was an attack',
  severity: 'error',
  description:
    'These versions ran the code of attackers. Whoever used them at the time has to treat all secrets of the workflow as stolen: replace them, then move to a clean version, pinned to its commit.',
  bad: [
    workflowOf('- uses: aquasecurity/trivy-action@0.28.0'),
    workflowOf('- uses: tj-actions/changed-files@v45'),
    workflowOf('- uses: tj-actions/changed-files@0e58ed8671d6b60d0890c21b07f8835ace038e67'),
  ],
  good: [workflowOf('- uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0')],
  links: ['https://github.com/advisories/GHSA-69fq-xp46-6x23', 'https://github.com/advisories/GHSA-mrrh-fwg8-r2c3'],
  source: 'rust-ci',
  files: ['workflow', 'action'],
  check: (context) => {
    for (const { uses, step } of allUses(context)) {
      const incident = uses.kind === 'action' ? incidents[uses.slug] : undefined;
      if (incident === undefined) continue;
      if (isBad(uses, incident)) {
        context.report(uses.node, `${incident.what}: ${incident.advice}.`);
        continue;
      }
      const version = step?.with?.scalar('version');
      if (uses.owner.toLowerCase() === 'aquasecurity' && version !== undefined && trivyVersions.test(version.text))
        context.report(version, `Trivy ${version.text} was published by attackers: use 0.74.0 or newer.`);
    }
  },
});

function isBad(uses: Uses, incident: Incident): boolean {
  const ref = uses.ref.toLowerCase();
  if (uses.pinned) return incident.commits?.includes(ref) === true;
  return /^v?\d+(?:\.\d+)*$/.test(ref) && incident.tag?.(ref) === true;
}
