import type { ClientDoc } from './state.js';

/** Authentication contexts that are simulated, by the factor that satisfies each; in the order in which they are offered. */
export const simulatedContexts = {
  'idbb:acr:generated-code': 'OTP',
  'idbb:acr:static-code': 'PIN',
  'idbb:acr:linked-wallet': 'Wallet',
  'idbb:acr:biometrics': 'L1-bio-device',
} as const;
export type AcrValue = keyof typeof simulatedContexts;

export function isSimulated(acr: string): acr is AcrValue {
  return Object.hasOwn(simulatedContexts, acr);
}

/** The factors with which people can sign in at a client: those of its contexts; the one-time password always. */
export function authFactorsOf({ authContextRefs }: ClientDoc): readonly string[] {
  const factors = authContextRefs.filter(isSimulated).map((acr) => simulatedContexts[acr]);
  return factors.length === 0 ? ['OTP'] : factors;
}
