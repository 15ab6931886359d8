import { parse as parseYaml } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import type { BlockResponse } from '../../../contracts/block.js';
import { isOpenApi } from './described-operation.js';

export interface FoundDocument {
  readonly url: URL;
  readonly document: JsonObject;
}

/** Where frameworks serve their documents, in the order in which they are tried. */
const USUAL_PLACES = [
  '/openapi.json',
  '/v3/api-docs',
  '/swagger.json',
  '/openapi.yaml',
  '/swagger/v1/swagger.json',
  '/v2/api-docs',
  '/api-docs',
  '/api/openapi.json',
];

/** Reads an address of the candidate; undefined when nobody answered. */
export type ReadAddress = (url: URL) => Promise<BlockResponse | undefined>;

/**
 * The candidate's OpenAPI document: at the address given, or below the base URL, or below its origin. One that lies
 * elsewhere than below the base URL may be about something else there, so it must `fit`.
 */
export async function findDocument(
  baseUrl: string,
  given: string | undefined,
  read: ReadAddress,
  fits: (found: FoundDocument) => boolean,
): Promise<FoundDocument | undefined> {
  const places =
    given === undefined
      ? [baseUrl, new URL(baseUrl).origin].flatMap((root) => USUAL_PLACES.map((path) => `${root}${path}`))
      : [given];
  for (const place of new Set(places)) {
    const url = new URL(place);
    const answer = await read(url);
    // Who does not answer at one address does not at the others.
    if (answer === undefined) return undefined;
    const document = answer.status === 200 ? documentIn(answer.body) : undefined;
    if (document === undefined) continue;
    if (given !== undefined || place.startsWith(`${baseUrl}/`) || fits({ url, document }))
      return { url, document };
  }
  return undefined;
}

/** YAML's parser is slow, and nothing else goes on meanwhile. */
const LARGEST_YAML = 2 * 1024 * 1024;

function documentIn(body: Json | undefined): JsonObject | undefined {
  const document = typeof body === 'string' ? parsed(body) : body;
  return isJsonObject(document) && isOpenApi(document) ? document : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    if (/^\s*[{[]/.test(text)) return JSON.parse(text) as Json;
    if (text.length > LARGEST_YAML || /^\s*</.test(text)) return undefined;
    return parseYaml(text, { maxAliasCount: 100, logLevel: 'error' }) as Json;
  } catch {
    return undefined;
  }
}
