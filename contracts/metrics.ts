/**
 * What is measured while the sandbox runs. Names in it come from use cases, documents and code, never from a request: so
 * the number of series is bounded. Durations are in seconds.
 */
export interface Metrics {
  /** A run reached this point of its life. */
  run(useCase: string, what: RunMark): void;
  /** A step was performed: a call, a timer, an event, a child run. */
  step(step: { readonly kind: string; readonly outcome: StepOutcome; readonly seconds: number }): void;
  blockCall(call: {
    readonly block: string;
    readonly operation: string;
    readonly outcome: BlockOutcome;
    readonly seconds: number;
  }): void;
  request(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  job(job: {
    readonly queue: string;
    readonly failed: boolean;
    readonly waited?: number;
    readonly seconds: number;
  }): void;
  /** So many runs were removed because they had ended long enough ago. */
  runsRemoved(count: number): void;
}

export type RunMark = 'started' | 'completed' | 'faulted' | 'cancelled' | 'parked';
export type StepOutcome = 'done' | 'waiting' | 'error' | 'broken';
/** A class of statuses, or no answer at all. */
export type BlockOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'lost';

/** Where nobody measures. */
export const noMetrics: Metrics = {
  run: () => undefined,
  step: () => undefined,
  blockCall: () => undefined,
  request: () => undefined,
  job: () => undefined,
  runsRemoved: () => undefined,
};

/** What a process shows to those who watch over it. */
export interface MetricsPage {
  readonly contentType: string;
  /** The whole page, as Prometheus reads it. */
  text(): Promise<string>;
}
