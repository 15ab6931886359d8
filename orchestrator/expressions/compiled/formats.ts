import type { Json } from '../../../contracts/json.js';
import type { Run } from './run.js';
import { toJsonText, toText } from './text.js';

/** The string formats of the fast path: `@text`, `@json`, `@uri`. */
export const formats: Readonly<Record<string, (run: Run, value: Json) => string>> = {
  text: toText,
  json: toJsonText,
  uri: (run, value) =>
    encodeURIComponent(toText(run, value)).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
};
