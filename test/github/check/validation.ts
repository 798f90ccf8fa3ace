import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isObject } from '../json.js';
import { resolved, type Description, type Response } from './description.js';
import type { Route } from './routes.js';
import { unknownKeys } from './unknown-keys.js';

/** Statuses that GitHub may answer to anything, although its description seldom lists them. */
const generic = new Set([400, 401, 403, 404, 410, 415, 422, 429, 500, 501, 502, 503, 504]);

/** GitHub takes ranges of dates for it, as its documentation says; the schema knows dates only. */
const ranges = new Set(['created']);

/** Checks requests and answers against a description. Every method returns what is wrong, in words. */
export class Validation {
  readonly #bodies: Ajv;
  /** Values of a query arrive as text. */
  readonly #queries: Ajv;
  private readonly description: Description;

  constructor(description: Description) {
    this.description = description;
    this.#bodies = this.#ajv(false);
    this.#queries = this.#ajv(true);
  }

  query(route: Route, query: URLSearchParams): string[] {
    const known = new Map(
      route.parameters.filter((parameter) => parameter.in === 'query').map((parameter) => [parameter.name, parameter]),
    );
    const wrong: string[] = [];
    for (const [name, value] of query) {
      const parameter = known.get(name);
      if (parameter === undefined) wrong.push(`There is no query parameter "${name}".`);
      else if (parameter.schema !== undefined && !ranges.has(name)) {
        const validate = this.#compiled(this.#queries, `${parameter.pointer}/schema`);
        const valid: boolean = validate(value);
        if (!valid) wrong.push(`Query parameter ${name}=${value}: ${words(validate.errors)}`);
      }
    }
    for (const { name, required } of known.values()) {
      if (required === true && !query.has(name)) wrong.push(`Query parameter "${name}" is missing.`);
    }
    return wrong;
  }

  /** @param body undefined: there was none */
  requestBody({ operation, pointer }: Route, body: unknown): { wrong: string[]; notPermitted: string[] } {
    const media = operation.requestBody?.content['application/json'];
    const nothing = { wrong: [], notPermitted: [] };
    if (body === undefined) {
      return operation.requestBody?.required === true ? { wrong: ['The body is missing.'], notPermitted: [] } : nothing;
    }
    if (media?.schema === undefined) {
      const empty = isObject(body) && Object.keys(body).length === 0;
      return empty ? nothing : { wrong: ['It takes no body.'], notPermitted: [] };
    }
    const notPermitted = unknownKeys(this.description, [media.schema], body);
    const validate = this.#compiled(this.#bodies, `${pointer}/requestBody/content/application~1json/schema`);
    return { wrong: validate(body) ? [] : [words(validate.errors)], notPermitted };
  }

  /** @param body undefined: there is none */
  response({ operation, pointer }: Route, status: number, body: unknown): string[] {
    const documented = operation.responses[String(status)];
    // A 304 answers a condition that any GET may carry.
    if (documented === undefined && status === 304) return [];
    if (documented === undefined) {
      return generic.has(status) ? this.#error(body) : [`Status ${status} is not documented.`];
    }
    const response = resolved<Response>(this.description, documented, `${pointer}/responses/${status}`);
    const content = response.value.content ?? {};
    const media = 'application/json' in content ? 'application/json' : Object.keys(content)[0];
    const type = content[media ?? ''];
    if (media === undefined || type?.schema === undefined) {
      if (status >= 400) return this.#error(body);
      return body === undefined ? [] : [`Status ${status} has no body.`];
    }
    if (body === undefined) return status >= 300 ? [] : [`Status ${status} lacks its body.`];
    const validate = this.#compiled(this.#bodies, `${response.pointer}/content/${media.replaceAll('/', '~1')}/schema`);
    // Errors tell their status also where their schema does not mention it.
    const invented = unknownKeys(this.description, [type.schema], body)
      .filter((key) => status < 400 || key !== '/status')
      .map((key) => `The key ${key} is not described.`);
    return [...(validate(body) ? [] : [words(validate.errors)]), ...invented];
  }

  #error(body: unknown): string[] {
    if (body === undefined) return [];
    const schemas = ['basic-error', 'validation-error', 'validation-error-simple']
      .filter((name) => name in this.description.components.schemas)
      .map((name) => `/components/schemas/${name}`);
    if (schemas.some((pointer) => this.#compiled(this.#bodies, pointer)(body))) return [];
    return ['The error is none of the shapes that errors have.'];
  }

  #compiled(ajv: Ajv, pointer: string): ValidateFunction {
    const validate = ajv.getSchema(`github#${pointer}`);
    if (validate === undefined) throw new Error(`The description has no ${pointer}.`);
    return validate;
  }

  #ajv(coerceTypes: boolean): Ajv {
    const ajv = new Ajv({ strict: false, allErrors: false, validateSchema: false, logger: false, coerceTypes });
    addFormats(ajv);
    // GitHub writes an empty text where there is no address, and bots have brackets in theirs.
    ajv.addFormat('uri', (text: string) => text === '' || URL.canParse(text));
    ajv.addFormat('email', (text: string) => text.includes('@'));
    ajv.addSchema(this.description, 'github');
    return ajv;
  }
}

function words(errors: ErrorObject[] | null | undefined): string {
  return (errors ?? [])
    .map(({ instancePath, message = 'is wrong', params }) => {
      const allowed: unknown = params['allowedValues'];
      return `${instancePath || 'the value'} ${message}${Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''}`;
    })
    .join('; ');
}
