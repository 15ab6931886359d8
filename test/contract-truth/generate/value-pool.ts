import { isJsonObject, type Json } from '../../../contracts/json.js';

type Scalar = string | number | boolean;

/** Values that seeds and answers brought, by the names under which they stood: what makes requests hit something. */
export interface ValuePool {
  /** Takes in every scalar of a value; `parent` is the name of what holds it. */
  learn(value: Json | undefined, parent?: string): void;
  /** What was seen under that name, the latest last. */
  seen(name: string): readonly Scalar[];
}

const MOST_PER_NAME = 24;

/** Names that say the same under several spellings: `policyId`, `policy_id`, and `id` within `policy`. */
export function createValuePool(): ValuePool {
  const values = new Map<string, Scalar[]>();

  function keep(name: string, value: Scalar): void {
    const known = values.get(name) ?? [];
    values.set(name, known);
    if (known.includes(value)) return;
    known.push(value);
    // The first ones are the seeds': they stay.
    if (known.length > MOST_PER_NAME) known.splice(MOST_PER_NAME / 2, 1);
  }

  function learn(value: Json | undefined, parent = ''): void {
    // The scheduler says `event_id:12345`.
    const [, name, ids] = typeof value === 'string' ? (/^([a-z_]+_id):(.+)$/.exec(value) ?? []) : [];
    if (name !== undefined && ids !== undefined) for (const id of ids.split(',')) keep(name, id);
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) learn(item, singular(parent));
      return;
    }
    if (!isJsonObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') {
        if (typeof member === 'string' && member.length > 300) continue;
        keep(plain(name), member);
        keep(plain(parent + name), member);
      } else learn(member, name);
    }
  }

  return { learn, seen: (name) => values.get(plain(name)) ?? [] };
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');
