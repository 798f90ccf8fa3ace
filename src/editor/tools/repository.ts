import { l10n } from 'vscode';
import type { GitHub, OpenRepository } from '../github/github.js';

/** The repository with an answer of GitHub. Throws an error that a model, and the person behind it, can read. */
export async function knownRepository(github: GitHub): Promise<OpenRepository> {
  const repository = await github.open();
  if (!repository) {
    throw new Error(
      l10n.t(
        'No repository on GitHub is open here, or there are several. Choose one with "Rust CI: Select Repository…".',
      ),
    );
  }
  await repository.store.refresh();
  const { problem } = repository.store.connection;
  if (repository.store.snapshot.updatedAt === null) {
    throw new Error(
      l10n.t('GitHub gave no answer ({0}). The Pipeline view of Rust CI says what to do.', problem?.kind ?? 'unknown'),
    );
  }
  return repository;
}
