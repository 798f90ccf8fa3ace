import { resolved, type Description, type Operation, type Parameter } from './description.js';

/** An operation at its path. */
export interface Route {
  readonly method: string;
  readonly template: string;
  readonly operation: Operation;
  /** JSON pointer to the operation in its description. */
  readonly pointer: string;
  readonly parameters: readonly (Parameter & { readonly pointer: string })[];
}

interface Pattern {
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly route: Route;
}

/** Finds the operation that a request asks for. */
export class Routes {
  readonly #patterns: readonly Pattern[];

  constructor(description: Description) {
    const routes = Object.entries(description.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => toRoute(description, template, method, operation)),
    );
    // The most literal template first, so that /commits/main/check-runs is not taken for the commit "main/check-runs".
    this.#patterns = routes.sort((a, b) => literals(b) - literals(a)).map(toPattern);
  }

  /** @param path as it came, below the base path, still encoded */
  find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    for (const { expression, names, route } of this.#patterns) {
      if (route.method !== method) continue;
      const match = expression.exec(path);
      if (match === null) continue;
      const values = match.slice(1).map(decodeURIComponent);
      return { route, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
    }
    return undefined;
  }

  /** Whether the path exists for another method. */
  knows(path: string): boolean {
    return this.#patterns.some(({ expression }) => expression.test(path));
  }
}

function toRoute(description: Description, template: string, method: string, operation: Operation): Route {
  const pointer = `/paths/${template.replaceAll('/', '~1')}/${method}`;
  const parameters = (operation.parameters ?? []).map((parameter, index) => {
    const found = resolved<Parameter>(description, parameter, `${pointer}/parameters/${index}`);
    return { ...found.value, pointer: found.pointer };
  });
  return { method: method.toUpperCase(), template, operation, pointer, parameters };
}

function literals({ template }: Route): number {
  return template.split('/').filter((segment) => segment !== '' && !segment.startsWith('{')).length;
}

function toPattern(route: Route): Pattern {
  const names: string[] = [];
  const source = route.template.replace(/\{(\w+)\}|[.+*?^$()|[\]\\]/g, (text, name: string | undefined) => {
    if (name === undefined) return `\\${text}`;
    names.push(name);
    const parameter = route.parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    return parameter?.['x-multi-segment'] === true ? '(.*)' : '([^/]+)';
  });
  return { expression: new RegExp(`^${source}$`), names, route };
}
