import { l10n } from 'vscode';
import { candidatesOf, isUsable, suggested } from '../../core/rollback/candidates.js';
import type { Candidate, Usable } from '../../core/rollback/candidates.js';
import type { RollbackFacts } from '../../core/rollback/facts.js';
import { liveImage, type Live } from '../../core/rollback/live.js';
import type { Choice, Dialog, Heading } from '../scaffold/dialog.js';
import { isPointed, isTagOf } from './pointed.js';
import type { Pointed } from './pointed.js';
import { describe, detail, liveSentence, nameOf, shortDigest } from './words.js';

export const title = (): string => l10n.t('Roll Back');

/** Asks which version is to be live; what was pointed at is chosen already. Undefined when the person left. */
export async function pickCandidate(
  dialog: Dialog,
  facts: RollbackFacts,
  pointed: Pointed,
  now: number,
): Promise<Usable | undefined> {
  const candidates = candidatesOf(facts);
  const chosen = candidates.find((one) => isPointed(pointed, one)) ?? suggested(candidates);
  const live = liveImage(facts);
  const missed = chosen && isPointed(pointed, chosen) ? null : missedWords(pointed, live);
  for (let hint = [missed ?? [], liveSentence(live, now)].flat().join(' '); ;) {
    const question = { title: title(), placeholder: hint, step: 1, totalSteps: 2, canGoBack: false };
    const answer = await dialog.one<Candidate>(question, rows(candidates, chosen, now));
    if (typeof answer !== 'object') return undefined;
    if (isUsable(answer)) return answer;
    hint = l10n.t('{0} has no image any more: choose another version', nameOf(answer));
  }
}

/** Why what was pointed at is not among the versions; null when nothing was. */
function missedWords({ digest, tag }: Pointed, live: Live | null): string | null {
  const name = tag ?? (digest === undefined ? null : shortDigest(digest));
  if (name === null) return null;
  const isLive = digest === live?.image.digest || (tag !== undefined && live !== null && isTagOf(tag, live));
  return isLive ? l10n.t('{0} is live already.', name) : l10n.t('There is no image {0} to go back to.', name);
}

function rows(
  candidates: readonly Candidate[],
  chosen: Candidate | null,
  now: number,
): (Choice<Candidate> | Heading)[] {
  const groups = [
    { heading: l10n.t('earlier'), of: candidates.filter((one) => isUsable(one) && !one.newer) },
    { heading: l10n.t('newer than what is live'), of: candidates.filter((one) => isUsable(one) && one.newer) },
    { heading: l10n.t('without an image'), of: candidates.filter((one) => !isUsable(one)) },
  ];
  return groups
    .filter(({ of }) => of.length > 0)
    .flatMap(({ heading, of }) => [{ heading }, ...of.map((one) => row(one, one === chosen, now))]);
}

function row(candidate: Candidate, picked: boolean, now: number): Choice<Candidate> {
  return {
    label: nameOf(candidate),
    description: describe(candidate, now),
    detail: detail(candidate),
    icon: iconOf(candidate),
    picked,
    value: candidate,
  };
}

function iconOf({ digest, bad, gates, newer }: Candidate): string {
  if (digest === null) return 'circle-slash';
  if (bad || gates === 'failed') return 'warning';
  return newer ? 'arrow-up' : 'history';
}
