import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../app/config.js';
import { findProvider, signInByDevice, usernameOf } from '../../app/project.js';
import { clients } from '../../contracts/identity.js';
import { openLoginStore } from '../login/login-store.js';
import { paint } from '../paint.js';
import { createRealClock } from '../real-clock.js';

export interface LoginOptions {
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string;
  readonly json?: boolean;
}

/** `sandbox login`: shows an address and a code, and waits until somebody has entered it in a browser. */
export async function login(options: LoginOptions): Promise<void> {
  const origin = originOf(options);
  const provider = await findProvider(origin, fetch);
  const clock = createRealClock();
  const grant = await signInByDevice({
    provider,
    clientId: clients.cli,
    clock,
    fetch,
    sleep: (milliseconds) => sleep(milliseconds),
    show: ({ userCode, verificationUri, verificationUriComplete, expiresIn }) => {
      if (options.json === true) {
        say({ userCode, verificationUri, verificationUriComplete, expiresIn });
        return;
      }
      process.stdout.write(
        `Open ${paint('cyan', verificationUri)} in a browser and enter ${paint('bold', userCode)}\n` +
          (verificationUriComplete === undefined
            ? ''
            : paint('gray', `  or open ${verificationUriComplete}\n`)) +
          paint(
            'gray',
            `  Only if you began this yourself. The code holds for ${Math.round(expiresIn / 60)} minutes.\n`,
          ),
      );
    },
  });
  const username = usernameOf(grant.accessToken);
  const store = openLoginStore();
  await store.set(origin, {
    issuer: provider.issuer,
    token: provider.token,
    revocation: provider.revocation,
    username,
    accessToken: grant.accessToken,
    accessExpiresAt: clock.now().getTime() + grant.expiresIn * 1000,
    ...(grant.refreshToken !== undefined && { refreshToken: grant.refreshToken }),
  });
  if (options.json === true) say({ signedIn: username, at: origin });
  else
    process.stdout.write(
      `Signed in at ${origin} as ${paint('bold', username)}. It is kept in ${store.file}.\n`,
    );
}

/** `sandbox logout`: forgets the sign-in here and makes it useless at the provider. */
export async function logout(options: LoginOptions): Promise<void> {
  const origin = originOf(options);
  const store = openLoginStore();
  const known = await store.get(origin);
  await store.remove(origin);
  if (known?.refreshToken !== undefined) {
    const body = new URLSearchParams({
      client_id: clients.cli,
      token: known.refreshToken,
      token_type_hint: 'refresh_token',
    });
    // It is forgotten here in any case.
    await fetch(known.revocation, { method: 'POST', body }).catch(() => undefined);
  }
  if (options.json === true) say({ signedOut: known?.username ?? null, at: origin });
  else
    process.stdout.write(
      known === undefined
        ? `Nobody was signed in at ${origin}.\n`
        : `${known.username} is signed out of ${origin}.\n`,
    );
}

function originOf({ url }: LoginOptions): string {
  return (url ?? readConfig(process.env).publicUrl).replace(/\/+$/, '');
}

function say(data: object): void {
  process.stdout.write(`${JSON.stringify(data)}\n`);
}
