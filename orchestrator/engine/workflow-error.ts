import type { RunError } from '../../contracts/run-event.js';

/** The standard error types, OWS DSL 1.0.3, Error. Written with the host that the specification uses today. */
const ERROR_TYPE_BASE = 'https://open-workflow-specification.org/spec/1.0.0/errors/';

export type StandardError =
  | 'configuration'
  | 'validation'
  | 'expression'
  | 'authentication'
  | 'authorization'
  | 'timeout'
  | 'communication'
  | 'runtime';

const defaultStatus: Record<StandardError, number> = {
  configuration: 400,
  validation: 400,
  expression: 400,
  authentication: 401,
  authorization: 403,
  timeout: 408,
  communication: 500,
  runtime: 500,
};

/** An error inside a workflow: it travels up the tasks until a `catch` takes it, or the run faults. */
export class WorkflowError extends Error {
  /** Keys of the task instances that it went through, innermost first. */
  readonly chain: string[] = [];

  constructor(readonly error: RunError) {
    super(error.detail ?? error.title);
    this.name = 'WorkflowError';
  }
}

export function standardError(
  kind: StandardError,
  instance: string,
  detail: string,
  options: { status?: number; title?: string } = {},
): WorkflowError {
  return new WorkflowError({
    type: ERROR_TYPE_BASE + kind,
    status: options.status ?? defaultStatus[kind],
    title: options.title ?? titles[kind],
    detail,
    instance,
  });
}

const titles: Record<StandardError, string> = {
  configuration: 'The task is not configured rightly',
  validation: 'The data does not fit its schema',
  expression: 'An expression could not be evaluated',
  authentication: 'The call was not authenticated',
  authorization: 'The call was not permitted',
  timeout: 'The task took longer than allowed',
  communication: 'The call failed',
  runtime: 'The task failed',
};

/**
 * Standard types match by their last segment, whichever host or path form they are written with: the conformance
 * features and the specification disagree, and both are in use.
 */
export function sameErrorType(wanted: string, actual: string): boolean {
  if (wanted === actual) return true;
  const name = standardName(wanted);
  return name !== undefined && name === standardName(actual);
}

function standardName(type: string): string | undefined {
  const match =
    /^https:\/\/(?:open-workflow-specification\.org|serverlessworkflow\.io)\/(?:spec|dsl)\/(?:[^/]+\/)*?(?:errors)\/(?:types\/)?([a-z]+)$/.exec(
      type,
    );
  return match?.[1];
}
