import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What every answer says to browsers, unless its own surface says it more exactly: nothing in it may be run, loaded,
 * framed or sent from. Pages (console, Swagger UI, sign-in) replace the policy by one of their own.
 *
 * A class works over plain http: what makes a browser insist on https, and what it only heeds there, is said exactly
 * when PUBLIC_URL is https.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const secure = new URL(publicUrl).protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: secure ? { policy: 'same-origin' } : false,
    originAgentCluster: secure,
  });
}
