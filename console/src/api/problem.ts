export interface FieldError {
  /** JSON pointer into what was sent; empty for the whole. */
  readonly pointer: string;
  readonly message: string;
}

/** What the API refused: its RFC 9457 problem document as an error. Status 0 when no answer came at all. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly errors: readonly FieldError[];

  constructor(
    readonly status: number,
    document: unknown,
  ) {
    const members = (typeof document === 'object' && document !== null ? document : {}) as Record<
      string,
      unknown
    >;
    const text = (name: string): string => (typeof members[name] === 'string' ? members[name] : '');
    super(text('detail') || text('title') || `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.code = text('code');
    this.title = text('title');
    this.detail = text('detail');
    this.fix = text('fix');
    this.errors = Array.isArray(members['errors']) ? members['errors'].filter(isFieldError) : [];
  }
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'pointer' in value &&
    typeof value.pointer === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
