/**
 * One worker at a time advances a run. The journal's version is the fence that makes a mistake harmless;
 * the lock makes it rare: without it two workers could ask a block the same thing at the same moment.
 */
export interface RunLocks {
  /** True when other processes hold these locks too: then signals may come from them. */
  readonly shared: boolean;
  /** Runs `work` while holding the lock; `busy`, without running it, while another worker holds it. */
  withLock(name: string, work: () => Promise<void>): Promise<'done' | 'busy'>;
}
