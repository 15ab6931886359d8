import { isJsonObject, type Json } from '../../../contracts/json.js';
import { encodeBody, isJsonType } from '../request-body.js';
import { OutboundError } from './outbound-error.js';

const TEXT_TYPE = /^(text\/|application\/(xml|javascript|yaml|x-www-form-urlencoded)\b|[^;]+\+(xml|yaml)\b)/i;

export interface RequestContent {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/**
 * Writes a request's body as its Content-Type says: JSON unless told, forms, texts, multipart; for any other type the
 * body is base64. Raises `validation` when the body does not fit the type.
 */
export function contentFor(body: Json, asked: string | undefined, boundary: () => string): RequestContent {
  const contentType = asked ?? 'application/json';
  if (/^multipart\/form-data\b/i.test(contentType)) return multipart(body, boundary());
  if (isJsonType(contentType) || TEXT_TYPE.test(contentType)) {
    const { body: encoded } = encodeBody({ required: true, mediaTypes: [contentType] }, body, contentType);
    const text = isJsonType(contentType) || typeof encoded !== 'string' ? JSON.stringify(encoded) : encoded;
    return { contentType, bytes: inCharset(text, contentType) };
  }
  if (typeof body !== 'string' || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(body))
    throw new OutboundError(
      'validation',
      `The body of a request of type ${contentType} must be base64 text.`,
    );
  return { contentType, bytes: Buffer.from(body, 'base64') };
}

function inCharset(text: string, contentType: string): Buffer {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset === 'iso-8859-1' || charset === 'latin1') return Buffer.from(text, 'latin1');
  if (charset === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (charset === 'utf-8' || charset === 'us-ascii') return Buffer.from(text, 'utf8');
  throw new OutboundError('validation', `Bodies cannot be written in the charset ${charset}; use utf-8.`);
}

/** RFC 7578: text fields; lists as repeated fields, objects as JSON. */
function multipart(body: Json, boundary: string): RequestContent {
  if (!isJsonObject(body))
    throw new OutboundError('validation', 'The body of a multipart/form-data request must be an object.');
  const parts = Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((one) =>
      one === undefined || one === null ? [] : [part(name, one)],
    ),
  );
  const text = [...parts.map((one) => `--${boundary}\r\n${one}`), `--${boundary}--\r\n`].join('');
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.from(text, 'utf8') };
}

function part(name: string, value: Json): string {
  const escaped = name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
  const [type, text] =
    typeof value === 'object'
      ? ['\r\nContent-Type: application/json', JSON.stringify(value)]
      : ['', String(value)];
  return `Content-Disposition: form-data; name="${escaped}"${type}\r\n\r\n${text}\r\n`;
}
