/**
 * Task instances are named by a JSON pointer with marks: `@visit`, `for#iteration`, `try#attempt`. Views group what
 * repeats, so they need the name without the marks.
 */
export function withoutIterations(key: string): string {
  return key.replace(/\/for#\d+(?=\/|$)/g, '/for');
}

/** Attempts of a task that is tried again are one task to the reader. */
export function withoutAttempts(key: string): string {
  return key.replace(/\/try#\d+(?=\/|$)/g, '/try');
}

export function isIterated(key: string): boolean {
  return /\/for(#\d+)?\//.test(key);
}

/** `openapi govstack://payments#bulkPayment` names a service of the use case and one of its operations. */
export function calledService(
  target: string | undefined,
): { readonly alias: string; readonly operation: string } | undefined {
  const match = /govstack:\/\/([a-z0-9-]+)[^#\s]*(?:#(\S+))?/.exec(target ?? '');
  return match === null ? undefined : { alias: match[1] ?? '', operation: match[2] ?? '' };
}
