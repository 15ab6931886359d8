/** One cookie to send. All of ours are HttpOnly and SameSite=Lax; Secure exactly when PUBLIC_URL is https. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly maxAgeSeconds: number;
  readonly secure: boolean;
}

export function serializeCookie({ name, value, path, maxAgeSeconds, secure }: Cookie): string {
  const attributes = [
    `${name}=${value}`,
    `Path=${path}`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  return (secure ? [...attributes, 'Secure'] : attributes).join('; ');
}

/** The value of a cookie in a Cookie header. Ours are base64url or JSON in base64url: nothing to unquote. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const split = pair.indexOf('=');
    if (split > 0 && pair.slice(0, split).trim() === name) return pair.slice(split + 1).trim();
  }
  return undefined;
}
