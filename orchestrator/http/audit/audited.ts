import type { Request, RequestHandler, Response } from 'express';
import type { AuditLog, AuditPerson, AuditScope } from '../../../contracts/audit.js';
import { CORRELATION_HEADER } from '../../../contracts/correlation.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { Logger } from '../../../contracts/logger.js';
import type { RequestFacts } from '../route.js';
import type { UnsafeRoute } from './route-of.js';

export interface AuditedDeps extends RequestFacts {
  readonly audit: Pick<AuditLog, 'record'>;
  readonly logger: Logger;
  /** Which change a request is; undefined where it is none. */
  readonly routeOf: (request: Request) => UnsafeRoute | undefined;
}

/**
 * Writes every change into the audit log before its answer leaves, those that were refused as well. Where the log cannot
 * be written the caller hears 503, and does not know that it was done: so it asks again, or looks.
 */
export function audited(deps: AuditedDeps): RequestHandler {
  return (request, response, next) => {
    const route = deps.routeOf(request);
    if (route === undefined) {
      next();
      return;
    }
    // As it is when it arrives: routers below take parts of the address away.
    beforeItEnds(
      response,
      async () => {
        const outcome = response.statusCode;
        const made = outcome < 400 ? idIn(response) : {};
        const correlation = response.get(CORRELATION_HEADER);
        await deps.audit.record(scopeOf(route, deps.workspaceOf(request), outcome), {
          action: route.name,
          ...personOf(deps.principalOf(request)),
          on: { ...route.on, ...made },
          outcome,
          ...(correlation === undefined ? {} : { correlation }),
          ...(request.ip === undefined ? {} : { source: request.ip }),
        });
      },
      (error) => deps.logger.error({ err: error, route: route.name }, 'the audit log could not be written'),
    );
    next();
  };
}

/** What concerns another workspace, or all of them, is not in the log of the one in which it was asked. */
function scopeOf({ name, on }: UnsafeRoute, workspace: AuditScope, outcome: number): AuditScope {
  if (!name.includes(' /workspaces')) return workspace;
  const named = workspaceIdSchema.safeParse(on['id']).data;
  return named === undefined || outcome >= 400 || name === 'DELETE /workspaces/:id' ? 'installation' : named;
}

export function personOf(principal: Principal | undefined): { readonly who?: AuditPerson } {
  if (principal === undefined) return {};
  const { subject, username, roles } = principal;
  return { who: { subject, username, roles: [...roles] } };
}

/** What was made, where the answer says so: `Location: /api/v1/cases/case-1`. */
function idIn(response: Response): Readonly<Record<string, string>> {
  const location = response.get('Location');
  const made = /^\/(?:w\/[^/]+\/)?api\/v1\/[a-z-]+\/([A-Za-z0-9._-]+)$/.exec(location ?? '')?.[1];
  return made === undefined ? {} : { made };
}

function beforeItEnds(
  response: Response,
  record: () => Promise<void>,
  failed: (error: unknown) => void,
): void {
  const end = response.end.bind(response) as (...given: unknown[]) => Response;
  let ending = false;
  response.end = ((...given: unknown[]) => {
    if (ending) return response;
    ending = true;
    record().then(
      () => end(...given),
      (error: unknown) => {
        failed(error);
        if (response.headersSent) {
          response.destroy();
          return;
        }
        unrecorded(response);
        end(UNRECORDED);
      },
    );
    return response;
  }) as Response['end'];
}

const UNRECORDED = JSON.stringify({
  type: 'about:blank',
  title: 'A store cannot be used just now',
  status: 503,
  detail:
    'The audit log could not be written. Whether the change was made can be seen by reading the resource.',
  code: 'GSB-STO-001',
  fix: 'Read the resource, then try again.',
});

function unrecorded(response: Response): void {
  for (const name of ['Location', 'ETag', 'Content-Encoding']) response.removeHeader(name);
  response.statusCode = 503;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', String(Buffer.byteLength(UNRECORDED)));
  response.setHeader('Retry-After', '2');
}
