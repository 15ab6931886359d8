/** One lexical unit of a jq program. A string keeps its interpolations as token lists of their own. */
export type Token =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly parts: readonly StringPart[] }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string }
  | { readonly kind: 'variable'; readonly text: string }
  | { readonly kind: 'format'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: string };

export type StringPart = string | readonly Token[];
