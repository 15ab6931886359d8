import type { UserAndPassword } from '../../../../contracts/workflow-authentication.js';
import { OutboundError } from '../outbound-error.js';
import type { Authenticator, Authorization } from './authenticator.js';

/** RFC 7617, with UTF-8. Raises `configuration` for a user name that the scheme cannot carry. */
export function basic({ username, password }: UserAndPassword): Authenticator {
  if (username.includes(':'))
    throw new OutboundError(
      'configuration',
      'A user name with a colon cannot be used with basic authentication.',
    );
  const parameter = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  return fixed('user name and password', { scheme: 'Basic', parameter });
}

/** RFC 6750. Raises `configuration` for what is no token. */
export function bearer({ token }: { readonly token: string }): Authenticator {
  if (!/^[!-~]+$/.test(token))
    throw new OutboundError(
      'configuration',
      'The bearer token is empty, or holds characters that a header cannot carry.',
    );
  return fixed('bearer token', { scheme: 'Bearer', parameter: token });
}

/** A refusal stands: there is nothing else to try. */
function fixed(name: string, authorization: Authorization): Authenticator {
  return {
    name,
    authorize: () => Promise.resolve(authorization),
    reauthorize: () => Promise.resolve(undefined),
  };
}
