import { SandboxError } from '../../contracts/problems.js';
import type { WireAnswer, WireRequest } from './wire.js';

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Texts that no report may hold. */
  readonly secrets: readonly string[];
}

export const noCredentials: Credentials = { headers: {}, secrets: [] };

/**
 * Reads `bearer TOKEN`, `basic USER:PASSWORD` or `header NAME: VALUE`. Raises GSB-REQ-001 for anything else, without
 * repeating it: it may hold a secret.
 */
export function parseCredentials(text: string): Credentials {
  const [, kind = '', rest = ''] = /^(\S+)\s+(.+)$/s.exec(text.trim()) ?? [];
  switch (kind.toLowerCase()) {
    case 'bearer':
      return { headers: { authorization: `Bearer ${rest}` }, secrets: [rest] };
    case 'basic': {
      const encoded = Buffer.from(rest).toString('base64');
      const password = rest.slice(rest.indexOf(':') + 1);
      return { headers: { authorization: `Basic ${encoded}` }, secrets: [encoded, password] };
    }
    case 'header': {
      const [, name, value] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*(.+)$/s.exec(rest) ?? [];
      if (name !== undefined && value !== undefined)
        return { headers: { [name.toLowerCase()]: value }, secrets: [value] };
    }
  }
  throw new SandboxError('GSB-REQ-001', {
    detail: "--auth must be 'bearer TOKEN', 'basic USER:PASSWORD' or 'header NAME: VALUE'",
  });
}

const HIDDEN = '(hidden)';
const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|set-cookie|api[-_]?key|x-api-key|x-sandbox-member-key)$/i;
const SECRET_MEMBERS =
  /("(?:client_assertion|access_token|refresh_token|id_token|password|client_secret|signature|apiKey)"\s*:\s*")[^"]*"/g;
const SECRET_FORM = /\b(client_assertion|code|password|client_secret)=[^&]*/g;
/** Enough to see what is wrong, and a report that can be opened. */
const LONGEST_BODY = 4_000;

/** Takes credentials out of an exchange, wherever they stand. */
export function redactor({ secrets }: Credentials): <T extends WireRequest | WireAnswer>(message: T) => T {
  const known = secrets.filter((secret) => secret.length >= 4);
  const hide = (text: string): string =>
    known.reduce((seen, secret) => seen.replaceAll(secret, HIDDEN), text);
  return (message) => {
    const headers = Object.entries(message.headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.test(name) ? HIDDEN : hide(value),
    ]);
    const { body } = message;
    return {
      ...message,
      headers: Object.fromEntries(headers) as Record<string, string>,
      ...('target' in message ? { target: hide(message.target) } : {}),
      ...(body === undefined ? {} : { body: hideInBody(shortened(body), hide) }),
    };
  };
}

function hideInBody(body: string, hide: (text: string) => string): string {
  const plain = hide(body).replace(SECRET_MEMBERS, `$1${HIDDEN}"`);
  return /^[\w.-]+=/.test(plain) ? plain.replace(SECRET_FORM, `$1=${HIDDEN}`) : plain;
}

function shortened(body: string): string {
  const rest = body.length - LONGEST_BODY;
  return rest > 0 ? `${body.slice(0, LONGEST_BODY)}… (${rest} more characters)` : body;
}
