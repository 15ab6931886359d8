import type { RequestHandler } from 'express';
import { SandboxError } from '../../contracts/problems.js';

/** More than any page, search or specification asks for. */
const MOST_PARAMETERS = 200;

/**
 * Refuses addresses that only attackers send, before anybody looks things up by them: control characters, however
 * they are written, and a flood of query parameters. GSB-REQ-001.
 */
export const refuseOddAddresses: RequestHandler = (request, _response, next) => {
  const [path = '', query = ''] = request.url.split(/\?(.*)/s);
  if (/%(?:0[0-9a-f]|1[0-9a-f]|7f)/i.test(path))
    throw new SandboxError('GSB-REQ-001', { detail: 'The address holds a control character.' });
  if (query.split('&').length > MOST_PARAMETERS)
    throw new SandboxError('GSB-REQ-001', {
      detail: `The address holds more than ${MOST_PARAMETERS} query parameters.`,
    });
  next();
};
