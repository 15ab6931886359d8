/** U+0000 and lone surrogates cannot be stored as PostgreSQL text; adapters agree to refuse them. */
const UNSTORABLE = /[\0\p{Cs}]/u;
const LONGEST_ID = 500;

/** Whether a text can be stored as an identifier and looked up at all; a lookup of anything else simply finds nothing. */
export function isStorableText(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Whether a text can be the `_id` of a document on every adapter: 1 to 500 characters. */
export function isStorableId(id: string): boolean {
  return id.length > 0 && id.length <= LONGEST_ID && isStorableText(id);
}
