import type { standardError } from '../../engine/index.js';

type StandardError = Parameters<typeof standardError>[0];

/** Why a call that leaves the sandbox failed; becomes a standard error of the specification at the task that made it. */
export class OutboundError extends Error {
  readonly status: number | undefined;
  readonly title: string | undefined;

  constructor(
    readonly kind: StandardError,
    readonly detail: string,
    options: { readonly status?: number; readonly title?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'OutboundError';
    this.status = options.status;
    this.title = options.title;
  }
}

/** The OutboundError in an error or among its causes: libraries wrap what a connector or a lookup throws. */
export function outboundErrorIn(error: unknown): OutboundError | undefined {
  let at = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if (at instanceof OutboundError) return at;
    at = (at as { readonly cause?: unknown }).cause;
  }
  return undefined;
}

/** An address as an error may show it: without its query, which may hold what is nobody's business. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
