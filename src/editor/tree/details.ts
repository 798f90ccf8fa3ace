import { Disposable, EventEmitter } from 'vscode';
import type { Gate } from '../../core/gates/gate.js';
import type { Coverage, CrateCoverage } from '../../core/gates/coverage.js';
import type { OpenRepository } from '../github/github.js';
import type { Children, Row } from './row.js';

/** What other features know of a gate or of coverage, as rows below it. */
export interface DetailsProvider {
  /** Rows below a gate, for example its findings; their ids begin with `gates/ID/`. Called often: it must be quick. */
  readonly gate?: (repository: OpenRepository, gate: Gate) => readonly Row[];
  /** The files of a crate; their ids begin with `prefix`. */
  readonly crate?: (
    repository: OpenRepository,
    coverage: Coverage,
    crate: CrateCoverage,
    prefix: string,
  ) => Children | undefined;
}

/** Gathers what features know beyond runs and reports. */
export class Details {
  readonly #providers = new Set<DetailsProvider>();
  readonly #changed = new EventEmitter<void>();
  /** Something was provided, withdrawn, or has changed. */
  readonly onDidChange = this.#changed.event;

  provide(provider: DetailsProvider): Disposable {
    this.#providers.add(provider);
    this.#changed.fire();
    return new Disposable(() => {
      this.#providers.delete(provider);
      this.#changed.fire();
    });
  }

  /** To be called by a provider when it has other rows to give. */
  changed(): void {
    this.#changed.fire();
  }

  gate(repository: OpenRepository, gate: Gate): Row[] {
    return [...this.#providers].flatMap((provider) => provider.gate?.(repository, gate) ?? []);
  }

  crate(repository: OpenRepository, coverage: Coverage, crate: CrateCoverage, prefix: string): Children | undefined {
    for (const provider of this.#providers) {
      const children = provider.crate?.(repository, coverage, crate, prefix);
      if (children) return children;
    }
    return undefined;
  }
}
