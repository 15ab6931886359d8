import type { Request, RequestHandler, Response } from 'express';
import { CORRELATION_HEADER } from '../../contracts/correlation.js';
import type { Principal } from '../../contracts/identity.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Logger } from '../../contracts/logger.js';
import type { Metrics } from '../../contracts/metrics.js';
import { routePattern } from './route-pattern.js';

export interface RequestLogDeps {
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'request'>;
  readonly workspaceOf: (request: Request) => WorkspaceId;
  readonly principalOf: (request: Request) => Principal | undefined;
  /** Names a person in the log, without saying who it is. */
  readonly nameOf: (subject: string) => string;
}

/** Asked by machines all day long. */
const watching = new Set(['/health', '/ready', '/metrics']);

/** One line, and one measurement, for each request. Neither holds an identifier of a person, nor what was said. */
export function requestLog(deps: RequestLogDeps): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - begun) / 1000;
      const { method } = request;
      const route = routePattern(request);
      const status = response.statusCode;
      if (!isStream(response)) deps.metrics.request({ method: known(method), route, status, seconds });
      const principal = deps.principalOf(request);
      const line = {
        correlation: response.get(CORRELATION_HEADER),
        method,
        route,
        status,
        milliseconds: Math.round(seconds * 10_000) / 10,
        workspace: deps.workspaceOf(request),
        ...(principal === undefined ? {} : { principal: deps.nameOf(principal.subject) }),
        ...(response.writableFinished ? {} : { brokenOff: true }),
      };
      if (watching.has(route)) deps.logger.debug(line, 'request');
      else deps.logger.info(line, 'request');
    });
    next();
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function known(method: string): string {
  return methods.has(method) ? method : 'other';
}

export function isStream(response: Response): boolean {
  return response.headersSent && (response.get('Content-Type') ?? '').startsWith('text/event-stream');
}
