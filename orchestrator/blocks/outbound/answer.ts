import { STATUS_CODES } from 'node:http';
import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { Exchange } from './exchange.js';
import type { HopRequest } from './hop.js';
import { OutboundError, shown } from './outbound-error.js';
import { contentOf } from './response-content.js';

export type OutputFormat = 'raw' | 'content' | 'response';

/** What a workflow does not get to see of its own request: the journal keeps what it sees. */
const SECRET = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * The task's output. OWS DSL 1.0.3, HTTP Call: a status outside 200-299 is an error, or outside 200-399 with
 * `redirect`. Raises `communication` with the status of the answer.
 */
export function outputOf(
  request: HopRequest,
  { url, response }: Exchange,
  output: OutputFormat,
  redirect: boolean,
): Json {
  const { status, headers, body } = response;
  if (status < 200 || status > (redirect ? 399 : 299)) throw refused(request, url, response);
  if (output === 'raw') return body.toString('base64');
  const content = contentOf(body, headers['content-type'], url);
  if (output === 'content') return content;
  return {
    request: {
      method: request.method,
      uri: request.url.href,
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => !SECRET.has(name))),
    },
    headers,
    statusCode: status,
    content,
  };
}

function refused(
  request: HopRequest,
  url: URL,
  { status, headers, body }: Exchange['response'],
): OutboundError {
  const location = headers['location'];
  const why =
    status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href)
      ? `it redirects to ${shown(new URL(location, url))}, and the task does not follow redirects`
      : reasonIn(body, headers['content-type'], url);
  return new OutboundError(
    'communication',
    `${request.method} ${shown(url)} answered ${status}${why === undefined ? '.' : `: ${why}`}`,
    { status, title: STATUS_CODES[status] },
  );
}

/** The other side's own words, from the members that errors usually have. Never the whole body: it may hold personal data. */
function reasonIn(body: Buffer, type: string | undefined, url: URL): string | undefined {
  try {
    const content = contentOf(body, type, url);
    if (!isJsonObject(content)) return undefined;
    for (const name of ['detail', 'error_description', 'message', 'reason', 'title', 'error']) {
      const value = content[name];
      if (typeof value === 'string' && value !== '') return value.slice(0, 300);
      if (isJsonObject(value) && typeof value['message'] === 'string') return value['message'].slice(0, 300);
    }
    return undefined;
  } catch {
    return undefined;
  }
}
