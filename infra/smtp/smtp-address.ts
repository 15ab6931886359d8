export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  /** From the first byte (`smtps:`); else STARTTLS where the server offers it. */
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
}

/** `smtp://host:25`, `smtp://user:password@host:587`, `smtps://host:465`. Undefined for what is no such address. */
export function parseSmtpUrl(text: string): SmtpAddress | undefined {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.hostname === '') return undefined;
  const tls = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (tls ? 465 : 25) : Number(url.port),
    tls,
    ...(url.username === ''
      ? {}
      : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
  };
}
