import { commands, l10n, window } from 'vscode';
import { approvalOf } from '../../core/rollback/approval.js';
import { cautions } from '../../core/rollback/checks.js';
import type { RollbackFacts } from '../../core/rollback/facts.js';
import type { Usable } from '../../core/rollback/candidates.js';
import { liveImage } from '../../core/rollback/live.js';
import { platformsOf } from '../../core/rollback/facts.js';
import { reasonProblem } from '../../core/rollback/wish.js';
import type { Wish } from '../../core/rollback/wish.js';
import { getRepository } from '../../github/api/repository.js';
import { prepare } from '../../github/rollback/prepare.js';
import type { Prepared } from '../../github/rollback/prepare.js';
import { readTruth } from '../../github/rollback/world.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { reportError } from '../github/problems-shown.js';
import { needRepository } from '../runs/pick.js';
import { back, quickInput } from '../scaffold/dialog.js';
import type { Dialog } from '../scaffold/dialog.js';
import { resume, start, type Following } from './follow.js';
import { showHindrance } from './hindrance.js';
import type { Memory } from './memory.js';
import { pickCandidate, title } from './pick.js';
import { pointedAt, type Pointed } from './pointed.js';
import { registryAccess } from './registry-access.js';
import { confirmation, nameOf, reasonProblemWords, truthWords } from './words.js';

export interface Tools {
  readonly github: GitHub;
  readonly memory: Memory;
  /** Gets the id of the run while it is followed. */
  readonly followed: Set<number>;
  /** Requests whose notification is there. */
  readonly shown: Set<string>;
}

/**
 * Asks which version is to be live again and why, says exactly what is going to happen, and only then does it. Resolves when
 * the request is sent, or the person has left; following goes on.
 */
export async function rollBack(tools: Tools, argument: unknown): Promise<void> {
  const open = await needRepository(tools.github);
  if (!open) return;
  // By the command, which lets one dialogue be open at a time.
  const again = (pointed: Pointed) => void commands.executeCommand('rustCi.rollback', pointed);
  try {
    const found = await quickInput.wait(title(), l10n.t('Asking what is live…'), look(open, tools.memory));
    if (!found) return;
    const following: Following = {
      open,
      repository: found.repository,
      memory: tools.memory,
      followed: tools.followed,
      shown: tools.shown,
      again,
    };
    if (found.kind === 'pending') {
      await resume(following, found.pending);
      return;
    }
    const { prepared } = found;
    if (prepared.kind === 'hindered') {
      // A notification may stay unanswered for ever; the next rollback must not wait for that.
      void showHindrance(prepared.hindrance, open);
      return;
    }
    const wish = await ask(quickInput, open, prepared, pointedAt(argument));
    if (!wish) return;
    const place = { ...prepared, registry: registryAccess(open, prepared.image.registry) };
    const truth = await readTruth({ github: open.client, repository: found.repository, ...place });
    if (truth.kind === 'shown' && truth.latest !== (wish.from?.digest ?? null)) {
      // Somebody else was quicker: what was confirmed is no longer what would happen.
      const now = truthWords(truth, wish);
      const message = l10n.t('Not rolled back: what is live has changed while you decided. {0}', now);
      void window.showWarningMessage(message);
      return;
    }
    await start(following, { ...prepared, registry: place.registry }, wish);
  } catch (error) {
    reportError(l10n.t('Nothing was rolled back.'), error, open.id);
  }
}

/** What is known before anything is asked: a rollback that is under way, or what one could roll back to. */
async function look(open: OpenRepository, memory: Memory) {
  const { client, store, id } = open;
  const repository = await getRepository(client, { owner: id.owner, repo: id.name });
  const pending = memory.of(`${id.host}/${repository.owner}/${repository.name}`);
  if (pending) return { kind: 'pending' as const, repository, pending };
  const place = { github: client, repository, store, registry: (host: string) => registryAccess(open, host) };
  return { kind: 'ready' as const, repository, prepared: await prepare(place) };
}

type Ready = Extract<Prepared, { kind: 'ready' }>;

/** The dialogue. Undefined when the person left anywhere in it. */
async function ask(dialog: Dialog, open: OpenRepository, prepared: Ready, pointed: Pointed): Promise<Wish | undefined> {
  const { facts, environment } = prepared;
  for (let target = pointed; ;) {
    const to = await pickCandidate(dialog, facts, target, Date.now());
    if (!to) return undefined;
    const reason = await askReason(dialog, to, pointed.reason ?? '');
    if (reason === back) {
      target = { digest: to.digest };
      continue;
    }
    if (reason === undefined) return undefined;
    const wish = wishOf(facts, to, reason);
    const live = liveImage(facts);
    const { question, detail, button } = confirmation({
      repository: `${open.id.owner}/${open.id.name}`,
      from: wish.from,
      to,
      approval: approvalOf(environment),
      cautions: cautions(to, live, live && platformsOf(live.image.digest, facts)),
      reason: wish.reason,
    });
    const answer = await window.showWarningMessage(question, { modal: true, detail }, button);
    return answer === button ? wish : undefined;
  }
}

async function askReason(dialog: Dialog, to: Usable, value: string) {
  const placeholder = l10n.t('Why {0}? Everybody sees it in the run and in the history', nameOf(to));
  const question = { title: title(), placeholder, step: 2, totalSteps: 2, canGoBack: true };
  return dialog.text(question, value, (reason) => {
    const problem = reasonProblem(reason);
    return problem === null ? undefined : reasonProblemWords(problem);
  });
}

function wishOf(facts: RollbackFacts, to: Usable, reason: string): Wish {
  const live = liveImage(facts);
  return {
    from: live && { digest: live.image.digest, version: live.version },
    to: { digest: to.digest, version: to.version },
    platforms: to.platforms,
    reason: reason.trim(),
    request: requestFor(to),
  };
}

/** Unlike any other, and readable in the title of the run, which otherwise names a digest only: `1-4-1-3f2c1ab9`. */
function requestFor({ version }: Usable): string {
  const name = version === null ? [] : [version.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40)];
  return [...name, crypto.randomUUID().slice(0, 8)].join('-');
}
