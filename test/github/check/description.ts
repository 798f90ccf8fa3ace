import githubCom from '../description/github.com.json';
import ghes from '../description/ghes-3.19.json';

/** The part of an OpenAPI schema that the checks look at themselves; ajv looks at the rest. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly 'x-multi-segment'?: boolean;
}

interface Reference {
  readonly $ref: string;
}

export interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: NonNullable<Response['content']> };
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

export interface Description {
  readonly info: { readonly version: string; readonly 'x-from': string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

export type Profile = 'github.com' | 'ghes-3.19';

/** GitHub's official description, as scripts/github-api.mjs extracts it. */
export const descriptions = {
  'github.com': githubCom as unknown as Description,
  'ghes-3.19': ghes as unknown as Description,
} satisfies Record<Profile, Description>;

/** What a reference stands for, and the JSON pointer to it. */
export function resolved<T extends object>(
  description: Description,
  value: T | Reference,
  pointer: string,
): { readonly value: T; readonly pointer: string } {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return { value: value as T, pointer };
  const [, , kind = '', name = ''] = value.$ref.split('/');
  const found = (description.components as unknown as Record<string, Record<string, T>>)[kind]?.[name];
  if (found === undefined) throw new Error(`The description refers to ${value.$ref}, which it lacks.`);
  return { value: found, pointer: value.$ref.slice(1) };
}
