import type { Json } from '../../contracts/json.js';

/** A form arrives as text, or parsed. */
export function formOf(body: Json | undefined): URLSearchParams {
  if (typeof body === 'string') return new URLSearchParams(body);
  const entries = Object.entries((body ?? {}) as Readonly<Record<string, Json>>);
  const form = new URLSearchParams();
  for (const [name, value] of entries)
    for (const one of Array.isArray(value) ? (value as readonly Json[]) : [value])
      form.append(name, typeof one === 'string' ? one : JSON.stringify(one));
  return form;
}
