import type { Json } from '../../../contracts/json.js';

/**
 * A run-time error of jq itself: `try`, `?` and `catch` see it. The message is built only when somebody reads it.
 * `exact` tells that the message is known to be jq's own; a `catch` that reads any other goes to the reference.
 */
export class JqFailure extends Error {
  constructor(
    readonly payload: () => Json,
    readonly exact: boolean,
  ) {
    super('jq failure');
    this.name = 'JqFailure';
  }
}

/** The fast path met data for which it cannot promise jq's answer: the whole program starts anew on the reference. */
export class Fallback extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'Fallback';
  }
}

/** The step budget is used up, or something was built that is too large. No jq construct can catch it. */
export class OutOfSteps extends Error {
  constructor(why = 'took too long') {
    super(why);
    this.name = 'OutOfSteps';
  }
}

export function failure(message: () => string): JqFailure {
  return new JqFailure(message, true);
}

/** A failure whose wording may differ from jq's. */
export function vagueFailure(message: string): JqFailure {
  return new JqFailure(() => message, false);
}
