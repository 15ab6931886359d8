import express from 'express';
import type { Request, Response, Router } from 'express';
import type { AdapterFactory, Provider } from 'oidc-provider';
import { z } from 'zod';

import { isStoreUnavailable } from '../../../../contracts/store-unavailable.js';
import { NATIONAL_ID } from '../../realm/national-id.js';
import type { Accounts } from '../accounts.js';
import type { LinkedPeople } from '../national-id/linked-people.js';
import { refused, type Upstream } from '../national-id/upstream.js';

/** The same path as Keycloak's broker endpoint: the address that the upstream provider has registered. */
export const BROKER_PATH = `/broker/${NATIONAL_ID}/endpoint`;
const COOKIE = 'realm_national_id';
const ATTEMPT_SECONDS = 900;

export interface NationalIdRoutesOptions {
  readonly provider: Provider;
  readonly realmPath: string;
  readonly secure: boolean;
  readonly adapter: AdapterFactory;
  readonly upstream: Upstream;
  readonly people: LinkedPeople;
  readonly accounts: Accounts;
  /** Makes sure that the upstream provider knows us, where that is ours to do. */
  readonly register: () => Promise<void>;
  readonly languageOf: (params: Readonly<Record<string, unknown>>, request: Request) => string | undefined;
}

const attemptSchema = z.looseObject({
  interaction: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  accountId: z.string().optional(),
});

/**
 * Leaves for the upstream provider from the picker, comes back at the broker endpoint, and finishes the sign-in below
 * the picker's own path, where the browser shows the interaction's cookie.
 */
export function nationalIdRoutes(options: NationalIdRoutesOptions): Router {
  const { provider, realmPath, upstream, people, accounts, register } = options;
  const attempts = options.adapter('NationalIdAttempt');
  const router = express.Router();

  const setCookie = (response: Response, value: string, seconds: number): void => {
    const secure = options.secure ? '; Secure' : '';
    response.append(
      'Set-Cookie',
      `${COOKIE}=${value}; Path=${realmPath}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
    );
  };

  async function attemptOf(request: Request): Promise<z.infer<typeof attemptSchema>> {
    const state = new RegExp(`(?:^|; *)${COOKIE}=([A-Za-z0-9_-]+)`).exec(request.headers.cookie ?? '')?.[1];
    const stored = state === undefined ? undefined : await attempts.find(state);
    const attempt = attemptSchema.safeParse(stored?.params);
    if (!attempt.success) return attemptLost();
    return attempt.data;
  }

  router.get(`/login/:uid/${NATIONAL_ID}`, async (request, response) => {
    const interaction = await provider.interactionDetails(request, response).catch(attemptLost);
    await register();
    const attempt = upstream.begin();
    const params = { ...attempt, interaction: interaction.uid };
    await attempts.upsert(attempt.state, { params }, ATTEMPT_SECONDS);
    setCookie(response, attempt.state, ATTEMPT_SECONDS);
    response.redirect(
      302,
      upstream.authorizationUrl(attempt, options.languageOf(interaction.params, request)),
    );
  });

  router.get(BROKER_PATH, async (request, response) => {
    const attempt = await attemptOf(request);
    const { state, code, error } = request.query;
    if (state !== attempt.state) throw refused('the answer belongs to another sign-in');
    const picker = `${realmPath}/login/${attempt.interaction}`;
    // Whoever thought better of it chooses again.
    if (error === 'access_denied') {
      response.redirect(303, picker);
      return;
    }
    if (typeof error === 'string') throw refused(`the provider answered ${error.slice(0, 80)}`);
    if (typeof code !== 'string') throw refused('the answer carries no code');
    const account = await people.accountOf(await upstream.exchange(attempt, code));
    const params = { ...attempt, accountId: accounts.subjectOf(account) };
    await attempts.upsert(attempt.state, { params }, ATTEMPT_SECONDS);
    response.redirect(303, `${picker}/${NATIONAL_ID}/done`);
  });

  router.get(`/login/:uid/${NATIONAL_ID}/done`, async (request, response) => {
    const { state, interaction, accountId } = await attemptOf(request);
    if (accountId === undefined || interaction !== request.params.uid)
      throw refused('it is not finished at the provider');
    await attempts.destroy(state);
    setCookie(response, '', 0);
    const login = { accountId, remember: false };
    await provider
      .interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
      .catch(attemptLost);
  });

  return router;
}

function attemptLost(cause?: unknown): never {
  if (isStoreUnavailable(cause)) throw cause;
  throw refused('it is too old, or was begun in another browser', cause);
}
