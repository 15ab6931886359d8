import type { JsonObject } from '../../../contracts/json.js';

/** Written anew here because the console takes types from the contracts, and no code. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
