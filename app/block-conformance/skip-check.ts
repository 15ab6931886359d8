import type { SkipReason } from './report.js';

/** Ends a check that cannot be made; nothing is held against the candidate. */
export class SkipCheck extends Error {
  constructor(
    readonly reason: SkipReason,
    message: string,
  ) {
    super(message);
    this.name = 'SkipCheck';
  }
}

/** Ends a check whose first violation makes the rest of it pointless. */
export class StopCheck extends Error {
  constructor() {
    super('the check cannot go on');
    this.name = 'StopCheck';
  }
}
