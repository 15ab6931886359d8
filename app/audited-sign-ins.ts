import type { Request } from 'express';
import type { AuditLog } from '../contracts/audit.js';
import { CORRELATION_HEADER } from '../contracts/correlation.js';
import type { PasswordAttempt } from '../infra/identity/embedded/password-grant.js';
import { personOf } from '../orchestrator/http/audit/audited.js';
import type { SignInEvent } from '../orchestrator/identity/http/sign-in.js';

/** Who came and went is in the audit log of the installation: people sign in to it, not to a workspace. */
export function auditedSignIns(audit: Pick<AuditLog, 'record'>): {
  readonly signedIn: (event: SignInEvent) => Promise<void>;
  readonly byPassword: (attempt: PasswordAttempt) => Promise<void>;
} {
  return {
    signedIn: ({ kind, principal, outcome, request }) =>
      audit.record('installation', {
        action: kind,
        ...personOf(principal),
        on: { by: 'session' },
        outcome,
        ...cameFrom(request),
      }),
    byPassword: ({ username, subject, succeeded, ...asked }) =>
      audit.record('installation', {
        action: 'sign-in',
        ...(username === undefined ? {} : { who: { username, ...(subject && { subject }) } }),
        on: { by: 'password' },
        outcome: succeeded ? 200 : 401,
        ...asked,
      }),
  };
}

function cameFrom(request: Request): { readonly source?: string; readonly correlation?: string } {
  const correlation = request.get(CORRELATION_HEADER);
  return {
    ...(request.ip === undefined ? {} : { source: request.ip }),
    ...(correlation === undefined ? {} : { correlation }),
  };
}
