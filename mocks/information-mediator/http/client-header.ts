import { CLIENT_HEADERS } from '../headers.js';

const NAMES: ReadonlySet<string> = new Set(CLIENT_HEADERS);

/**
 * The caller that a request names, under any of the three header names; the last one counts when it comes more than
 * once (X-Road Message Protocol for REST 1.0.3, section 4.3). `rawHeaders` alternates names and values.
 */
export function clientOf(rawHeaders: readonly string[]): string | undefined {
  let client: string | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (NAMES.has((rawHeaders[index] ?? '').toLowerCase())) client = rawHeaders[index + 1]?.trim();
  }
  return client === '' ? undefined : client;
}
