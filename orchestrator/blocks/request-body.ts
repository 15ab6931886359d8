import { isJsonObject, type Json } from '../../contracts/json.js';
import type { RequestBody } from './operation-index.js';
import { toText } from './parameter-style.js';

export interface EncodedBody {
  readonly contentType: string;
  readonly body: Json;
}

/** Chooses the media type and writes the body in it: JSON as it is, forms and other texts as text. */
export function encodeBody({ mediaTypes }: RequestBody, value: Json, asked: string | undefined): EncodedBody {
  const contentType = asked ?? mediaTypes.find(isJsonType) ?? mediaTypes[0] ?? 'application/json';
  if (isJsonType(contentType) || typeof value === 'string') return { contentType, body: value };
  if (contentType.startsWith('application/x-www-form-urlencoded') && isJsonObject(value)) {
    const form = new URLSearchParams();
    for (const [name, member] of Object.entries(value)) {
      for (const one of Array.isArray(member) ? (member as readonly Json[]) : [member]) {
        if (one !== undefined && one !== null) form.append(name, toText(one));
      }
    }
    return { contentType, body: form.toString() };
  }
  return { contentType, body: JSON.stringify(value) };
}

export function isJsonType(type: string): boolean {
  return /(^|[/+])json\b/i.test(type) || type === '*/*';
}
