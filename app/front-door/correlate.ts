import type { RequestHandler } from 'express';
import {
  CORRELATION_HEADER,
  readCorrelation,
  TRACE_HEADER,
  type Correlation,
} from '../../contracts/correlation.js';

/** Gives each request its correlation id: the one that it brings, when that is well formed, or a new one. */
export function correlate(correlation: Correlation, newId: () => string): RequestHandler {
  return (request, response, next) => {
    const id = readCorrelation((name) => request.get(name)) ?? newId();
    // Whoever reads the headers further on must not find rubbish there.
    request.headers[CORRELATION_HEADER] = id;
    if (request.headers[TRACE_HEADER] !== undefined && !request.headers[TRACE_HEADER].includes(id))
      request.headers[TRACE_HEADER] = undefined;
    response.set(CORRELATION_HEADER, id);
    correlation.within(id, next);
  };
}
