import type { Json } from '../../../contracts/json.js';
import { isSecretField, REDACTED, withoutFormSecrets, withoutTokens } from './secrets.js';

export interface KeptBody {
  readonly body: Json;
  readonly cut: boolean;
}

const LEFT_OUT = '…';
const DEEPEST = 100;

/**
 * A copy of a body that holds at most about `most` characters, with `[redacted]` for credentials and `…` for what is
 * left out. The walk ends where the copy does, so that a body of 25 MB costs no more than a small one.
 */
export function keepBody(body: Json, most: number): KeptBody {
  let left = most;
  let cut = false;

  function leaveOut(): string {
    cut = true;
    return LEFT_OUT;
  }

  function keepText(text: string): string {
    if (text.length <= left) {
      left -= text.length;
      return withoutTokens(withoutFormSecrets(text));
    }
    const start = text.slice(0, left);
    left = 0;
    return withoutTokens(withoutFormSecrets(start)) + leaveOut();
  }

  function keep(value: Json, depth: number): Json {
    left -= 4;
    if (left <= 0 || depth > DEEPEST) return leaveOut();
    if (typeof value === 'string') return keepText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items: Json[] = [];
      for (const item of value as readonly Json[]) {
        if (left <= 0) {
          items.push(leaveOut());
          break;
        }
        items.push(keep(item, depth + 1));
      }
      return items;
    }
    const members: [string, Json][] = [];
    for (const [name, member] of Object.entries(value)) {
      left -= name.length;
      if (left <= 0) {
        members.push([LEFT_OUT, leaveOut()]);
        break;
      }
      if (member === undefined) continue;
      const secret = isSecretField(name) && (typeof member === 'string' || typeof member === 'number');
      members.push([name, secret ? REDACTED : keep(member, depth + 1)]);
    }
    return Object.fromEntries(members);
  }

  return { body: keep(body, 0), cut };
}
