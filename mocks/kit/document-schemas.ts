import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';

/** Parts of documents that several blocks check alike, when people write into a block's state. */
export const text = z.string().min(1).max(1_000);
export const instant = z.iso.datetime({ error: 'must be an instant, such as 2026-01-05T09:00:00.000Z' });
export const minor = z.int({ error: 'must be a whole number of minor units, such as cents' });
export const count = z.int().min(0);
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code, such as USD');
export const anyObject = z.custom<JsonObject>(isJsonObject, 'must be an object');
