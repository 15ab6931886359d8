import type { Json } from './json.js';

/**
 * The one catalogue of errors. HTTP answers, CLI texts, translations and `docs/reference/errors.md` come from it.
 * `title` says what happened, `fix` what to do; `detail` (given where it is thrown) says why, with the field's name.
 */
export interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
  readonly fix: string;
}

export const problems = {
  'GSB-REQ-001': {
    status: 400,
    title: 'The request is not valid',
    fix: 'Correct the fields named in the detail and send it again.',
  },
  'GSB-REQ-002': {
    status: 404,
    title: 'There is no such resource',
    fix: 'Check the address and the identifier.',
  },
  'GSB-REQ-003': {
    status: 409,
    title: 'The request conflicts with the present state',
    fix: 'Read the resource again and decide anew.',
  },
  'GSB-REQ-004': { status: 413, title: 'The request is too large', fix: 'Send less at once.' },
  'GSB-REQ-005': {
    status: 429,
    title: 'Too many attempts',
    fix: 'Wait as long as Retry-After says.',
  },
  'GSB-REQ-006': {
    status: 421,
    title: 'The sandbox is not at this name',
    fix: 'Open it at the address named in the detail, or set PUBLIC_URL to this one.',
  },
  'GSB-REQ-007': {
    status: 503,
    title: 'The sandbox is stopping',
    fix: 'Send it again as late as Retry-After says: nothing of it was done.',
  },
  'GSB-REQ-008': {
    status: 412,
    title: 'It was changed in the meantime',
    fix: 'Read it again, and make the change on what stands there now.',
  },
  'GSB-AUT-001': { status: 401, title: 'Sign-in is needed', fix: 'Sign in, or send a valid bearer token.' },
  'GSB-AUT-002': {
    status: 403,
    title: 'This role may not do that',
    fix: 'Sign in as a person with the role named in the detail.',
  },
  'GSB-AUT-003': {
    status: 403,
    title: 'The same person may not do both',
    fix: 'Let another person of that role do it.',
  },
  'GSB-AUT-004': {
    status: 403,
    title: 'The form token is missing or stale',
    fix: 'Reload the page and try again.',
  },
  'GSB-DEF-001': {
    status: 422,
    title: 'The workflow document is not valid',
    fix: 'Correct the place named in the detail.',
  },
  'GSB-DEF-002': {
    status: 422,
    title: 'The workflow document uses a task that this sandbox refuses',
    fix: 'A use case is data: call a building block instead.',
  },
  'GSB-DEF-003': {
    status: 422,
    title: 'The use case is not valid',
    fix: 'Correct the file and field named in the detail.',
  },
  'GSB-RUN-001': {
    status: 409,
    title: 'The run was continued elsewhere',
    fix: 'Nothing is lost: the other worker goes on with it.',
  },
  'GSB-RUN-002': {
    status: 500,
    title: 'The run is parked: a step failed in an unexpected way',
    fix: 'Mend the cause named in the detail, then resume the run.',
  },
  'GSB-RUN-003': {
    status: 409,
    title: 'The case cannot move to that state',
    fix: 'Use a transition that the use case declares.',
  },
  'GSB-RUN-004': {
    status: 422,
    title: 'A limit of the sandbox was reached',
    fix: 'Split the work, or raise the limit named in the detail.',
  },
  'GSB-RUN-005': {
    status: 429,
    title: 'Too many runs at the same time',
    fix: 'Wait until some have ended, as long as Retry-After says, or raise the limit named in the detail.',
  },
  'GSB-BLK-001': {
    status: 502,
    title: 'The building block could not be reached',
    fix: 'Check its binding and whether it is up, then resume the run.',
  },
  'GSB-BLK-002': {
    status: 502,
    title: 'The building block answered outside its contract',
    fix: 'Compare the answer with the OpenAPI document of the block.',
  },
  'GSB-BLK-003': {
    status: 404,
    title: 'The building block has no such operation',
    fix: 'Use an operationId from its OpenAPI document.',
  },
  'GSB-CFG-001': {
    status: 500,
    title: 'The configuration is not valid',
    fix: 'Correct the variable named in the detail.',
  },
  'GSB-CFG-002': {
    status: 500,
    title: 'The port is taken',
    fix: 'Stop the other program, or choose another port with --port or PORT.',
  },
  'GSB-CFG-003': {
    status: 500,
    title: 'The data folder is in use',
    fix: 'Stop the other sandbox, or choose another folder with --data.',
  },
  'GSB-CFG-004': {
    status: 500,
    title: 'The data folder was written by another version',
    fix: 'Start that version and export, or set this folder aside with: sandbox reset.',
  },
  'GSB-CFG-005': {
    status: 500,
    title: 'The data folder is broken',
    fix: 'Nothing was changed. Copy it away, then start afresh with: sandbox reset.',
  },
  'GSB-CFG-006': { status: 500, title: 'This Node.js is too old', fix: 'Install Node.js 20.19 or later.' },
  'GSB-CFG-007': {
    status: 500,
    title: 'A service could not be reached',
    fix: 'Start the service, or unset its variable to use the embedded profile.',
  },
  'GSB-CFG-008': {
    status: 500,
    title: 'The data is half restored',
    fix: 'Run the restore again with the same file: sandbox restore FILE.',
  },
  'GSB-STO-001': {
    status: 503,
    title: 'A store of the sandbox does not answer',
    fix: 'Wait a moment and send it again: nothing that was acknowledged is lost.',
  },
  'GSB-CLI-001': {
    status: 500,
    title: 'The scenario did not end as expected',
    fix: 'Read the step named in the detail.',
  },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problems;

export interface ProblemOptions {
  /** Why it happened, with names and values a person can act on; never personal data. */
  readonly detail: string;
  readonly cause?: unknown;
  /** Further members of the problem document, such as `errors: [{pointer, message}]`. */
  readonly extensions?: Readonly<Record<string, Json>>;
}

/** Every error that leaves a part of the sandbox on purpose. Anything else is a defect and becomes a 500. */
export class SandboxError extends Error {
  readonly status: number;
  readonly title: string;
  readonly fix: string;
  readonly detail: string;
  readonly extensions: Readonly<Record<string, Json>>;

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions,
  ) {
    const definition = problems[code];
    super(`${definition.title}: ${options.detail}`, { cause: options.cause });
    this.name = 'SandboxError';
    this.status = definition.status;
    this.title = definition.title;
    this.fix = definition.fix;
    this.detail = options.detail;
    this.extensions = options.extensions ?? {};
  }
}

/** RFC 9457 problem document, with the sandbox's own members `code` and `fix`. */
export interface ProblemDocument {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly fix: string;
}

export function toProblemDocument(error: SandboxError): ProblemDocument & Record<string, Json> {
  return {
    ...error.extensions,
    type: `https://govstack-sandbox.invalid/errors#${error.code}`,
    code: error.code,
    title: error.title,
    status: error.status,
    detail: error.detail,
    fix: error.fix,
  };
}
