import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { SandboxError } from '../../contracts/problems.js';

const WINDOW_MS = 60_000;

/** Requests within a minute. A class of 20 browsers behind one address, and a cohort of 10,000 people, stay far below. */
export interface Rates {
  readonly perAddress: number;
  readonly perPerson: number;
  readonly signIns: number;
  /** Refused requests for tokens: guesses. */
  readonly wrongTokens: number;
}

export const usualRates: Rates = {
  perAddress: 60_000,
  perPerson: 30_000,
  signIns: 1_200,
  wrongTokens: 120,
};

/** The rates when SANDBOX_RATE_LIMIT says how much one address may ask for within a minute. */
export function ratesFor(perAddress: number): Rates {
  const share = perAddress / usualRates.perAddress;
  const scaled = (rate: number): number => Math.max(1, Math.ceil(rate * share));
  return {
    perAddress,
    perPerson: scaled(usualRates.perPerson),
    signIns: Math.min(usualRates.signIns, scaled(usualRates.signIns)),
    wrongTokens: Math.min(usualRates.wrongTokens, scaled(usualRates.wrongTokens)),
  };
}

export interface RateLimits {
  readonly perAddress: RequestHandler;
  /** Behind the guard. */
  readonly perPerson: RequestHandler;
  /** Sign-in and token requests; lets everything else pass. */
  readonly signIn: RequestHandler;
}

/**
 * Counted in the memory of this process: it protects one gateway from one client, and several gateways allow several
 * times as much. Refuses with GSB-REQ-005; the answer carries Retry-After and RateLimit. Undefined rates: no limits.
 */
export function createRateLimits(
  rates: Rates | undefined,
  personOf: (request: Request) => string | undefined,
): RateLimits {
  if (rates === undefined) return { perAddress: pass, perPerson: pass, signIn: pass };
  const perAddress = (limit: number, what: string, more: Partial<Options> = {}): RequestHandler =>
    rateLimit({ ...options(limit, what), keyGenerator: addressOf, ...more });
  const signIns = perAddress(rates.signIns, 'sign-ins', { identifier: 'sign-in' });
  const wrongTokens = perAddress(rates.wrongTokens, 'refused requests for tokens', {
    identifier: 'token',
    skipSuccessfulRequests: true,
  });
  return {
    perAddress: perAddress(rates.perAddress, 'requests', { identifier: 'address' }),
    perPerson: rateLimit({
      ...options(rates.perPerson, 'requests'),
      identifier: 'person',
      keyGenerator: (request) => personOf(request) ?? addressOf(request),
      skip: (request) => personOf(request) === undefined,
    }),
    signIn: (request, response, next) => {
      if (TOKENS.test(request.path)) return wrongTokens(request, response, next);
      if (SIGN_INS.test(request.path)) return signIns(request, response, next);
      next();
    },
  };
}

const TOKENS = /^\/realms\/[^/]+\/protocol\/openid-connect\/(?:token|revoke|introspect)|\/oauth\/token$/i;
const SIGN_INS =
  /^\/auth\/(?:login|callback)|^\/realms\/[^/]+\/(?:login|device|protocol\/openid-connect\/auth)/i;

const pass: RequestHandler = (_request, _response, next) => next();

/** IPv6: the network that one subscriber has, since it can change the rest at will. */
function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '', 56);
}

function options(limit: number, what: string): Partial<Options> {
  return {
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    handler: (_request, response) => {
      const retryAfter = Number(response.getHeader('Retry-After') ?? WINDOW_MS / 1000);
      throw new SandboxError('GSB-REQ-005', {
        detail: `More than ${limit} ${what} within a minute. Go on in ${retryAfter} seconds.`,
        extensions: { retryAfter },
      });
    },
  };
}
