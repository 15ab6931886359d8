import { SandboxError } from '../../../contracts/problems.js';

export interface WhereItRuns {
  readonly publicUrl: string;
  /** The address it listens on; loopback when absent. */
  readonly host?: string | undefined;
  readonly nodeEnv: string | undefined;
  /** Said out loud by the person who starts it (`--share`): others on this network may sign in as anybody. */
  readonly allowBeyondLoopback: boolean;
}

/**
 * The embedded provider lets anybody be anybody: the password of a persona is its user name. So it refuses
 * production, and any address that others can reach unless told otherwise. Raises GSB-CFG-001.
 */
export function refuseUnsafePlaces({ publicUrl, host, nodeEnv, allowBeyondLoopback }: WhereItRuns): void {
  if (nodeEnv === 'production') {
    throw new SandboxError('GSB-CFG-001', {
      detail:
        'NODE_ENV is production, and the embedded identity provider is for training only: ' +
        'set KEYCLOAK_URL, or unset NODE_ENV.',
    });
  }
  if (
    host !== undefined &&
    !isLoopback(`http://${host.includes(':') ? `[${host}]` : host}`) &&
    !allowBeyondLoopback
  ) {
    throw new SandboxError('GSB-CFG-001', {
      detail:
        `HOST is ${host}, where others can sign in as any persona: ` +
        'set KEYCLOAK_URL, listen on 127.0.0.1, or start with --share if that is meant.',
    });
  }
  if (!isLoopback(publicUrl) && !allowBeyondLoopback) {
    throw new SandboxError('GSB-CFG-001', {
      detail:
        `PUBLIC_URL is ${publicUrl}, where others can sign in as any persona: ` +
        'set KEYCLOAK_URL, use a loopback address, or start with --share if that is meant.',
    });
  }
}

/** `localhost` and its subdomains, 127.0.0.0/8 and ::1. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
