/** Lets one caller at a time in, in order of arrival. */
export interface Mutex {
  /** Waits for its turn; resolves to the function that ends it. */
  acquire(): Promise<() => void>;
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createMutex(): Mutex {
  const waiting: (() => void)[] = [];
  let taken = false;

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else taken = false;
  }

  function onceOnly(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      release();
    };
  }

  async function acquire(): Promise<() => void> {
    if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
    taken = true;
    return onceOnly();
  }

  return {
    acquire,
    run: async (work) => {
      const done = await acquire();
      try {
        return await work();
      } finally {
        done();
      }
    },
  };
}
