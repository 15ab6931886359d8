import type { HopRequest, HopResponse } from '../hop.js';

/** `$authorization` of the specification: the two parts of an Authorization header. */
export interface Authorization {
  readonly scheme: string;
  readonly parameter: string;
}

/** Proves to another system who asks. */
export interface Authenticator {
  /** For errors, such as `bearer token`. */
  readonly name: string;
  /** What to send at first; undefined when the other side has to say first what it wants. */
  authorize(request: HopRequest): Promise<Authorization | undefined>;
  /** What to send after a 401, if anything else could help. */
  reauthorize(
    request: HopRequest,
    refused: { readonly authorization: Authorization | undefined; readonly response: HopResponse },
  ): Promise<Authorization | undefined>;
}
