/** How a process that was asked to stop has come to an end. */
export interface DrainEnd {
  /** False when the time for it was too short; then the next start goes on as after a crash. */
  readonly finished: boolean;
  /** What it did not finish, by number. */
  readonly left: {
    /** Requests that were not answered. */
    readonly requests: number;
    /** Jobs of runs and blocks that were being worked on. */
    readonly jobs: number;
    /** Jobs that nobody had begun, or that are to be tried again later; 0 where other processes take them. */
    readonly queued: number;
  };
}
