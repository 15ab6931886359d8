import { z } from 'zod';
import { duration, mapping, orExpression, orName, uriTemplate } from './primitives.js';
import { byKey, choice, kindOfValue, shape, text } from './shape.js';

/* OWS DSL 1.0.3, Error, Retry. */

const pointerText = text('jsonPointer', 'a JSON pointer such as /do/0/readTax', /^(\/([^~/]|~[01])*)*$/);

/** The specification takes whole numbers only; an expression is taken here too (see parity.ts). */
const status = choice(
  'errorStatus',
  'An HTTP status such as 404.',
  () => [z.int(), z.string()],
  (value) => {
    if (typeof value === 'number') return z.int();
    return typeof value === 'string'
      ? z.string()
      : { diagnostic: 'wrong-type', values: { expected: 'a status such as 404', found: kindOfValue(value) } };
  },
);

export const errorTemplate = shape('error', 'An error as RFC 9457 describes problems.', {
  type: orExpression('errorType', 'An address that names the kind of error.', uriTemplate),
  status,
  title: z.string().optional(),
  detail: z.string().optional(),
  instance: orExpression('errorInstance', 'Where it happened, as a JSON pointer.', pointerText).optional(),
});

export const errorFilter = shape('errorFilter', 'Which errors are meant: all that is named must fit.', {
  type: z.string().optional(),
  status: z.int().optional(),
  instance: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
})
  .refine((value) => Object.keys(value as object).length > 0, {
    error: 'at least one of type, status, instance, title, detail',
  })
  .meta({ minProperties: 1 });

const backoffs = {
  constant: shape('constantBackoff', 'The delay stays as it is.', { constant: mapping }),
  linear: shape('linearBackoff', 'The delay grows by itself each time.', { linear: mapping }),
  exponential: shape('exponentialBackoff', 'The delay doubles each time.', { exponential: mapping }),
};
const backoff = choice(
  'backoff',
  'How the delay grows: one of constant, linear, exponential, each usually {}.',
  () => Object.values(backoffs),
  byKey(() => backoffs, 'one of constant, linear, exponential'),
);

export const retryPolicy = shape('retryPolicy', 'Whether, when and how often something is tried again.', {
  when: z.string().optional().describe('jq: try again only if it holds.'),
  exceptWhen: z.string().optional().describe('jq: do not try again if it holds.'),
  delay: duration.optional().describe('Before the first new attempt.'),
  backoff: backoff.optional(),
  limit: shape('retryLimit', 'When to give up trying.', {
    attempt: shape('retryAttemptLimit', 'Of the attempts.', {
      count: z.int().optional().describe('At most so many.'),
      duration: duration.optional().describe('Each at most so long.'),
    }).optional(),
    duration: duration.optional().describe('All together at most so long.'),
  }).optional(),
  jitter: shape('jitter', 'A random part of the delay, so that many do not come at once.', {
    from: duration,
    to: duration,
  }).optional(),
});

export const retry = orName('retry', 'A policy, or the name of one of use.retries.', retryPolicy);
