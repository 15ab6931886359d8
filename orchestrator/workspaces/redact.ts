import { isJsonObject, type Json } from '../../contracts/json.js';
import type { Item } from './contents.js';

/** Collections that hold references and figures, nothing about people. Whatever is not named here is left out. */
const IMPERSONAL = new Set(['cases', 'runs', 'counters', 'schedules']);
const unfinished: readonly unknown[] = ['pending', 'running', 'waiting', 'faulted'];

/** Keys to other systems never leave the installation. */
const KEYS = /secret|credential|binding|token/;

/** What an export may hold at all. */
export function isForExport(item: Item): boolean {
  return item.k !== 'doc' || !KEYS.test(item.c);
}

/**
 * An item without what it says about people; undefined when nothing is left. A run that has not ended cannot go on
 * without its payloads, so it stands still.
 */
export function redacted(item: Item): Item | undefined {
  switch (item.k) {
    case 'doc':
      if (!IMPERSONAL.has(item.c)) return undefined;
      return item.c === 'runs' && unfinished.includes((item.d as { readonly status?: unknown }).status)
        ? { ...item, d: { ...item.d, status: 'suspended' } as typeof item.d }
        : item;
    case 'log':
      return item.s.startsWith('inbox/') ? undefined : { k: 'log', s: item.s, e: item.e };
    case 'job':
      return undefined;
  }
}

/** What an item of one workspace is in another: its own name, its own callback addresses. Undefined: it stays behind. */
export function carriedOver(
  item: Item,
  { from, to, callbackUrl }: { from: string; to: string; callbackUrl: (run: string) => string },
): Item | undefined {
  // The chain of the message log begins with the workspace's name, so it is sealed anew; the order of timers is mended.
  if (item.k === 'log' && item.s === 'seals') return undefined;
  if (item.k === 'doc' && item.c === 'timer-dues') return undefined;
  const carry = (value: Json): Json => {
    if (typeof value === 'string') return value.replace(CALLBACK, (_all, run: string) => callbackUrl(run));
    if (Array.isArray(value)) return (value as readonly Json[]).map(carry);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === 'workspace' && member === from ? to : carry(member ?? null),
      ]),
    );
  };
  switch (item.k) {
    case 'doc':
      return { ...item, d: { ...(carry(item.d as unknown as Json) as object), _id: item.d._id } };
    case 'log':
      return { ...item, e: carry(item.e), ...(item.p === undefined ? {} : { p: carry(item.p) }) };
    case 'job':
      return { ...item, d: carry(item.d) as typeof item.d };
  }
}

/** See app/callback-url.ts. */
const CALLBACK =
  /https?:\/\/[^\s"/]+(?:\/w\/[a-z0-9]+)?\/cb\/(?:[A-Za-z0-9_-]{6}\/)?(run-[A-Za-z0-9._-]+)\/[A-Za-z0-9_-]{16}(?=\/|$)/g;
