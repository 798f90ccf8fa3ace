import {
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser/lib/esm/main.js';
import * as v from 'valibot';
import { InputError, positionAt } from './input-error.js';
import { normalise } from './text.js';

/** A JSON document that can tell where its parts are. */
export interface JsonFile {
  file: string;
  text: string;
  root: Node;
  value: unknown;
}

/** Parses JSON. Throws an InputError with the place of what is wrong. */
export function parseJson(file: string, source: string): JsonFile {
  const text = normalise(source);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (!root || error) {
    throw new InputError({
      file,
      position: positionAt(text, error?.offset ?? 0),
      what: `This is not valid JSON: ${error ? inWords(error) : 'the file is empty'}.`,
      advice: 'Correct it, then try again.',
    });
  }
  return { file, text, root, value: JSON.parse(text) as unknown };
}

/** Checks a document. Throws an InputError that names the key and its place. */
export function validateJson<S extends v.GenericSchema>(json: JsonFile, schema: S, advice: string): v.InferOutput<S> {
  const result = v.safeParse(schema, json.value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map(({ key }) => key as string | number);
  const what = keys.length === 0 ? 'The file' : `"${keys.join('.')}"`;
  const problem = issue.expected === 'never' ? 'is not known here' : `is not valid: ${issue.message}`;
  throw new InputError({
    file: json.file,
    position: positionAt(json.text, nearestNode(json.root, keys).offset),
    what: `${what} ${problem}.`,
    advice,
  });
}

/** The place of a key; of the document when the key is missing. */
function nearestNode(root: Node, keys: readonly (string | number)[]): Node {
  for (let depth = keys.length; depth > 0; depth--) {
    const node = findNodeAtLocation(root, keys.slice(0, depth));
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return root;
}

function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
