/**
 * Limits against accidents: a loop without an end, an answer of a gigabyte. Each is named by the variable that raises it,
 * and whoever meets one is told that name (GSB-RUN-004, GSB-RUN-005, GSB-REQ-004). The defaults leave room for a census
 * of 10,000 households.
 */
export interface Limits {
  /** Task instances of one run, iterations and attempts counted one by one. */
  readonly steps: number;
  /** Tasks within tasks, functions that call functions included. */
  readonly depth: number;
  /** Runs that start runs that start runs. */
  readonly childDepth: number;
  /** Characters of JSON in one event or output. */
  readonly payload: number;
  /** Items of a parallel map, branches of a fork. */
  readonly fanOut: number;
  /** Unfinished runs of a workspace; beyond it no new case is opened by a request. */
  readonly runs: number;
  /** Signals that one run gets in its life. */
  readonly inbox: number;
}

/** What a workspace may have lower than the installation. */
export const workspaceLimits = ['runs', 'steps', 'depth', 'payload', 'fanOut'] as const;

export const limitVariables: Readonly<Record<keyof Limits, string>> = {
  steps: 'SANDBOX_MAX_STEPS',
  depth: 'SANDBOX_MAX_DEPTH',
  childDepth: 'SANDBOX_MAX_CHILD_DEPTH',
  payload: 'SANDBOX_MAX_PAYLOAD',
  fanOut: 'SANDBOX_MAX_FAN_OUT',
  runs: 'SANDBOX_MAX_RUNS',
  inbox: 'SANDBOX_MAX_INBOX',
};

export const defaultLimits: Limits = {
  steps: 200_000,
  depth: 100,
  childDepth: 16,
  payload: 64_000_000,
  fanOut: 20_000,
  runs: 50_000,
  inbox: 100_000,
};
