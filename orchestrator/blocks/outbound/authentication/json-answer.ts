import { isJsonObject, type JsonObject } from '../../../../contracts/json.js';
import type { HopResponse } from '../hop.js';

/** The JSON object in an answer; undefined for anything else. */
export function jsonObjectIn({ body }: HopResponse): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
