/** An expression that could not be evaluated. `program` is its text, `reason` what jq says about it (no input data beyond jq's own excerpt). */
export class ExpressionError extends Error {
  constructor(
    readonly program: string,
    readonly reason: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`The expression "${shorten(program)}" failed: ${reason}`, options);
    this.name = 'ExpressionError';
  }
}

function shorten(program: string): string {
  return program.length > 120 ? `${program.slice(0, 117)}...` : program;
}
