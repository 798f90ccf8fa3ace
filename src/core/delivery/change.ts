/** One thing that changes when a setting is written. Names are GitHub's or ours; the editor has the words. */
export type Change =
  | { readonly kind: 'create'; readonly what: string }
  | { readonly kind: 'add'; readonly what: string; readonly value: string }
  | { readonly kind: 'set'; readonly what: string; readonly from: string; readonly to: string };
