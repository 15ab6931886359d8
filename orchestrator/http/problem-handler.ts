import type { ErrorRequestHandler, RequestHandler } from 'express';
import { CORRELATION_HEADER } from '../../contracts/correlation.js';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError, toProblemDocument } from '../../contracts/problems.js';
import { isStoreUnavailable, STORE_RETRY_AFTER_SECONDS } from '../../contracts/store-unavailable.js';

/** RFC 9457 answers for everything that goes wrong under the API. What is not a SandboxError is our defect: logged, and told without its innards. */
export function createProblemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // The front door has named the request: whoever asks about it has something to say.
    const correlation = response.get(CORRELATION_HEADER);
    const named = correlation === undefined ? {} : { correlation };
    const known = error instanceof SandboxError ? error : (asUnavailable(error) ?? asBadRequest(error));
    if (known === undefined) {
      logger.error({ err: error, method: request.method }, 'unexpected error');
      response
        .status(500)
        .type('application/problem+json')
        .json({
          type: 'about:blank',
          title: 'The sandbox failed',
          status: 500,
          detail: 'An unexpected error occurred; the log has the details.',
          code: 'GSB-000',
          fix: 'Please report it with the steps that led here.',
          ...named,
        });
      return;
    }
    const { retryAfter } = known.extensions;
    if (typeof retryAfter === 'number') response.set('Retry-After', String(retryAfter));
    if (known.status === 401) response.set('WWW-Authenticate', 'Bearer realm="govstack-sandbox"');
    response
      .status(known.status)
      .type('application/problem+json')
      .json({ ...toProblemDocument(known), ...named });
  };
}

export const notFound: RequestHandler = (request) => {
  throw new SandboxError('GSB-REQ-002', {
    detail: `There is nothing at ${request.method} ${request.originalUrl.split('?')[0] ?? ''}.`,
  });
};

function asUnavailable(error: unknown): SandboxError | undefined {
  if (!isStoreUnavailable(error)) return undefined;
  return new SandboxError('GSB-STO-001', {
    detail: error instanceof Error ? `${error.message}.` : 'A store cannot be used just now.',
    cause: error,
    extensions: { retryAfter: STORE_RETRY_AFTER_SECONDS },
  });
}

/** What Express and its body parser throw for what the client did wrong: an unreadable address or body, too much of it. */
function asBadRequest(error: unknown): SandboxError | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if (typeof error.status !== 'number' || error.status >= 500) return undefined;
  if (error.name === 'URIError') {
    return new SandboxError('GSB-REQ-001', { detail: 'The address is not validly encoded.' });
  }
  switch ('type' in error ? error.type : undefined) {
    case 'entity.too.large':
      return new SandboxError('GSB-REQ-004', { detail: `The body is larger than ${limitOf(error)}.` });
    case 'entity.parse.failed':
      return new SandboxError('GSB-REQ-001', { detail: 'The body is not valid JSON.' });
    default:
      return new SandboxError('GSB-REQ-001', { detail: `The body cannot be read: ${error.message}.` });
  }
}

/** body-parser says what it allows, in bytes. */
function limitOf(error: Error): string {
  const bytes = 'limit' in error && typeof error.limit === 'number' ? error.limit : 0;
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${Math.round(bytes / 1024)} KB`;
}
