import { z } from 'zod';
import { authentication } from './authentication.js';
import { uriOrExpression } from './primitives.js';
import { choice, isMapping, shape } from './shape.js';

const described = shape('endpointWithAuthentication', 'An address, and how to prove who asks.', {
  uri: uriOrExpression,
  authentication: authentication.optional(),
});

/** OWS DSL 1.0.3, Endpoint. */
export const endpoint = choice(
  'endpoint',
  'Where something is: an address, an address template, a runtime expression, or {uri, authentication}.',
  () => [uriOrExpression, described],
  (value) => (isMapping(value) ? described : uriOrExpression),
);

/** OWS DSL 1.0.3, External Resource. */
export const externalResource = shape('externalResource', 'A document that lies elsewhere.', {
  name: z.string().optional(),
  endpoint,
});
