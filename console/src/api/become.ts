import { createContext } from 'react';
import { createBackend, meQuery, type Backend } from './queries.js';

/** A sign-in as a persona: the link that leads through it, and the path where it ends. */
export interface Becoming {
  readonly username: string;
  readonly link: string;
  readonly target: string;
}

/** Goes on as somebody else, at the target. */
export type Become = (becoming: Becoming) => Promise<void>;

export const BecomeContext = createContext<Become | undefined>(undefined);

/** Whoever clicks on two people becomes the first: two sign-ins at a time would cross at the identity provider. */
export function oneAtATime(become: Become): Become {
  let underWay = false;
  return async (becoming) => {
    if (underWay) return;
    underWay = true;
    await become(becoming).finally(() => {
      underWay = false;
    });
  };
}

/** How long the sign-in may take before the link is followed as any other. */
const PATIENCE_MS = 15_000;

/**
 * Follows the link without leaving the document, and answers how that person asks the API: with nothing that the one
 * before had seen. Undefined when somebody has to do something on the way, or it did not succeed.
 */
export async function signInFromHere(
  { username, link, target }: Becoming,
  fetchIn: typeof fetch,
): Promise<Backend | undefined> {
  try {
    const { ok, url } = await fetchIn(link, {
      headers: { accept: 'text/html' },
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { pathname, search } = new URL(url);
    if (!ok || pathname + search !== target) return undefined;
    const backend = createBackend(fetchIn);
    const { principal } = await backend.client.query(meQuery(backend.api));
    return principal?.username === username ? backend : undefined;
  } catch {
    return undefined;
  }
}
