import type { ScalarValue } from './node';

/** What a plain scalar means by YAML 1.2's core schema. */
export function resolvePlain(text: string): ScalarValue {
  const first = text.charCodeAt(0);
  // Most scalars are words: only these characters begin anything else (`+ - . 0-9`, and n N t T f F ~).
  if (first === 43 || (first >= 45 && first <= 57 && first !== 47)) return number(text) ?? text;
  if (text.length > 5) return text;
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return text;
  }
}

function number(text: string): number | undefined {
  if (/^[-+]?\d+$/.test(text)) return Number.parseInt(text, 10);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^0x[\da-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number.parseFloat(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined;
}
