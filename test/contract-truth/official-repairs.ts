import type { JsonObject } from '../../contracts/json.js';

export const mends: Readonly<Record<string, (document: JsonObject) => JsonObject>> = {};
