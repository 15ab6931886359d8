/** Tells an advance in this process that a signal arrived for the run it is working on. */
export interface Nudges {
  /** Begins to listen for a run; one advance at a time does. */
  attend(run: string): Attendance;
  /** True when an advance in this process was told, and will read the inbox. */
  nudge(run: string): boolean;
}

export interface Attendance {
  /** True once after each nudge. */
  take(): boolean;
  /** Resolves at the next nudge, or at once when one has not been taken. */
  nudged(): Promise<void>;
  end(): void;
}

export function createNudges(): Nudges {
  const attending = new Map<string, () => void>();
  return {
    attend: (run) => {
      let pending = false;
      let resolve: () => void = () => undefined;
      attending.set(run, () => {
        pending = true;
        resolve();
      });
      return {
        take: () => {
          const was = pending;
          pending = false;
          return was;
        },
        nudged: () =>
          pending
            ? Promise.resolve()
            : new Promise<void>((settle) => {
                resolve = settle;
              }),
        end: () => {
          attending.delete(run);
        },
      };
    },
    nudge: (run) => {
      const tell = attending.get(run);
      tell?.();
      return tell !== undefined;
    },
  };
}
