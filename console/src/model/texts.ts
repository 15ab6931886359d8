import { isJsonObject } from './json.js';

export interface Said {
  readonly text: string;
  /** The language it is really in. */
  readonly lang: string;
}

/**
 * A text of a use case in the reader's language, else in English, else `otherwise`. Paths such as
 * `['narration', 'application.prepare']` fit nested and flat locales alike.
 */
export function say(
  locales: Readonly<Record<string, unknown>>,
  language: string,
  path: readonly string[],
  otherwise: string,
): Said {
  for (const lang of [language, 'en']) {
    const text = find(locales[lang], path);
    if (text !== undefined) return { text, lang };
  }
  return { text: otherwise, lang: 'en' };
}

function find(node: unknown, path: readonly string[]): string | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return typeof node === 'string' ? node : undefined;
  if (!isJsonObject(node)) return undefined;
  const direct = find(node[name], rest);
  if (direct !== undefined || !name.includes('.')) return direct;
  return find(node, [...name.split('.'), ...rest]);
}
