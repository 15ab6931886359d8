import type { Json } from '../../contracts/json.js';

/** A form arrives as text, or parsed. */
export function formOf(body: Json | undefined): URLSearchParams {
  if (typeof body === 'string') return new URLSearchParams(body);
  const entries = Object.entries((body ?? {}) as Readonly<Record<string, Json>>);
  return new URLSearchParams(
    entries.flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((one) => [
        name,
        typeof one === 'string' ? one : JSON.stringify(one),
      ]),
    ),
  );
}
