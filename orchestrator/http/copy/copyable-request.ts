import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import { isJsonObject, textOf, type Json } from '../../../contracts/json.js';
import type { JournalEntry } from '../../../contracts/request-journal.js';

/** A request that somebody wants to send again, from wherever it was noted. */
export interface CopyableRequest {
  readonly method: string;
  readonly url: Text;
  readonly headers: readonly (readonly [name: string, value: Text])[];
  /** JSON, or a text as it was sent. */
  readonly body?: { readonly json: Json } | { readonly text: Text };
  /** What a reader must know, one line each. */
  readonly notes: readonly string[];
}

/** A text with places for what only its sender knows: a name stands for a variable of the environment. */
export type Text = readonly (string | { readonly placeholder: string })[];

/** What the journal writes in place of a credential. */
const REDACTED = '[redacted]';
const CUT = 'The body was too large to be kept whole: … stands for what is missing.';

/** The client makes these itself, or they belonged to the connection. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'user-agent',
  'expect',
  'te',
  'upgrade',
  'cookie',
  'x-csrf-token',
  'sec-fetch-mode',
  'accept-language',
]);

/** An entry of a block's journal; `root` is where the block answers, without a slash at the end. */
export function copyOfEntry(entry: JournalEntry, root: string): CopyableRequest {
  const { headers, body, cut } = entry.request;
  const shown = Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name));
  const named = shown.map(([name, value]): [string, Text] => [name, headerText(name, value)]);
  // What came through the mediator was let in by it; whoever asks the block itself needs a token.
  if (headers['authorization'] === undefined && root.includes('/blocks/'))
    named.push(['authorization', ['Bearer ', { placeholder: 'SANDBOX_TOKEN' }]]);
  return {
    method: entry.method,
    url: inOnePiece([`${root}${entry.path}`, ...queryText(entry.query)]),
    headers: named,
    ...(body === undefined ? {} : { body: bodyOf(body, headers['content-type']) }),
    notes: cut === true ? [CUT] : [],
  };
}

/** An exchange of the message log, sent through the mediator again; `root` is where its services are: `.../r1`. */
export function copyOfExchange(
  exchange: Exchange,
  payload: ExchangePayload | undefined,
  root: string,
): CopyableRequest {
  const { query = null, requestBody = null } = payload ?? {};
  const named = isJsonObject(query)
    ? (Object.fromEntries(
        Object.entries(query).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.map(textOf) : textOf(value),
        ]),
      ) as JournalEntry['query'])
    : {};
  const hasBody = requestBody !== null;
  return {
    method: exchange.method,
    url: inOnePiece([`${root}/${exchange.service}${payload?.path ?? exchange.path}`, ...queryText(named)]),
    headers: [
      ['x-govstack-client', [exchange.client]],
      ['x-sandbox-member-key', [{ placeholder: 'SANDBOX_MEMBER_KEY' }]],
      ...(hasBody ? [['content-type', ['application/json']] as const] : []),
    ],
    ...(hasBody ? { body: bodyOf(requestBody, 'application/json') } : {}),
    notes:
      payload === undefined
        ? [
            'The bodies of this exchange were erased or are not shown: path, query and body may be incomplete.',
          ]
        : [],
  };
}

function headerText(name: string, value: string): Text {
  if (value !== REDACTED) return [value];
  if (name === 'authorization') return ['Bearer ', { placeholder: 'SANDBOX_TOKEN' }];
  return [{ placeholder: placeholderName(name) }];
}

function placeholderName(name: string): string {
  if (name === 'x-sandbox-member-key') return 'SANDBOX_MEMBER_KEY';
  const plain = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  return /^[A-Z]/.test(plain) ? plain : `SECRET_${plain}`;
}

function queryText(query: JournalEntry['query']): Text {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): Text => {
      const start = `${encodeURIComponent(name)}=`;
      return one === REDACTED
        ? [start, { placeholder: placeholderName(name) }]
        : [start + encodeURIComponent(one)];
    }),
  );
  return pairs.flatMap((pair, index) => [index === 0 ? '?' : '&', ...pair]);
}

function bodyOf(body: Json, contentType = 'application/json'): NonNullable<CopyableRequest['body']> {
  if (typeof body !== 'string' || (/[/+]json/.test(contentType) && !isBroken(body))) return { json: body };
  return { text: textWithPlaceholders(body) };
}

/** Text that was sent as JSON and is none: it was kept as it came. A JSON string would have been unpacked. */
function isBroken(body: string): boolean {
  return /^\s*[{["]/.test(body);
}

/** Form fields: `client_secret=[redacted]`. */
function textWithPlaceholders(text: string): Text {
  const parts: (string | { placeholder: string })[] = [];
  let at = 0;
  for (const found of text.matchAll(/(?<=(?:^|&)([^=&\n]+)=)\[redacted\]/g)) {
    parts.push(text.slice(at, found.index), { placeholder: placeholderName(found[1] ?? 'secret') });
    at = found.index + REDACTED.length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== '');
}

/** The JSON of a body in pieces, `[redacted]` members as placeholders within their quotes. */
export function jsonText(json: Json, indent: number): Text {
  const parts: (string | { placeholder: string })[] = [];
  let at = 0;
  const text = JSON.stringify(json, null, indent);
  for (const found of text.matchAll(/(?<="((?:[^"\\]|\\.)*)": ?")\[redacted\](?=")/g)) {
    parts.push(text.slice(at, found.index), { placeholder: placeholderName(found[1] ?? 'secret') });
    at = found.index + REDACTED.length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== '');
}

/** The same text with as few parts as can be. */
export function inOnePiece(text: Text): Text {
  const joined: (string | { readonly placeholder: string })[] = [];
  for (const part of text) {
    const before = joined.at(-1);
    if (typeof part === 'string' && typeof before === 'string') joined[joined.length - 1] = before + part;
    else joined.push(part);
  }
  return joined;
}

/** Names that must be set before the copy works, in the order in which they appear. */
export function placeholdersIn(request: CopyableRequest): readonly string[] {
  const { body } = request;
  const sent: Text = body === undefined ? [] : 'text' in body ? body.text : jsonText(body.json, 0);
  const all = [request.url, ...request.headers.map(([, value]) => value), sent].flat();
  return [...new Set(all.flatMap((part) => (typeof part === 'string' ? [] : [part.placeholder])))];
}
