import type { Json } from '../../../contracts/json.js';
import { isJsonType } from '../request-body.js';
import { OutboundError, shown } from './outbound-error.js';

const TEXT_TYPE =
  /^(text\/|application\/(xml|javascript|yaml|x-yaml|x-www-form-urlencoded|problem\+xml)\b|[^;]+\+(xml|yaml)\b)/i;

/**
 * The content of an answer as data: JSON (also `+json`) becomes a value, texts become text in their charset, anything
 * else base64. OWS DSL 1.0.3, HTTP Response. Without a type, JSON is tried, then text. Nothing is null.
 * Raises `communication` for what claims to be JSON and is not.
 */
export function contentOf(body: Buffer, type: string | undefined, url: URL): Json {
  if (body.length === 0) return null;
  const untyped = type === undefined || type === '';
  if (!untyped && isJsonType(type)) return parseJson(body, type, url);
  if (untyped) return textOrBase64(body, true);
  return TEXT_TYPE.test(type) ? decode(body, type) : body.toString('base64');
}

function parseJson(body: Buffer, type: string, url: URL): Json {
  try {
    return JSON.parse(decode(body, type)) as Json;
  } catch (cause) {
    throw new OutboundError(
      'communication',
      `${shown(url)} answered with ${type.split(';')[0] ?? 'JSON'} that is not valid JSON.`,
      { status: 502, title: 'The answer cannot be read', cause },
    );
  }
}

function textOrBase64(body: Buffer, tryJson: boolean): Json {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    if (!tryJson) return text;
    try {
      return JSON.parse(text) as Json;
    } catch {
      return text;
    }
  } catch {
    return body.toString('base64');
  }
}

/** An unknown charset is read as UTF-8. A byte order mark is no content. */
function decode(body: Buffer, type: string): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder('utf-8').decode(body);
  }
}
