import type { Redis } from 'ioredis';

/**
 * Does work on a connection at once, or as soon as it is back: nobody who asks waits for ever. Raises an error with the
 * code ETIMEDOUT when that takes longer than the patience. What was not begun by then is not done later either; what was
 * on its way is, as the connection sends it again, so its outcome is not known.
 */
export type Reach = <T>(work: () => Promise<T>) => Promise<T>;

/** How long a connection may be down before calls fail, in milliseconds: about as long as a restart takes. */
const PATIENCE_MS = 3_000;

type Watched = Pick<Redis, 'status'> & {
  on(event: 'ready' | 'close' | 'end', listener: () => void): unknown;
};

export function createReach(redis: Watched, patienceMs = PATIENCE_MS): Reach {
  const waiting = new Set<() => void>();
  const givingUp = new Set<(error: Error) => void>();
  let patience: NodeJS.Timeout | undefined;
  let away = false;

  const isDown = (): boolean => redis.status !== 'ready' && redis.status !== 'end';
  const gaveUp = (): Error =>
    Object.assign(new Error(`Redis has been away for more than ${patienceMs / 1000} s`), {
      code: 'ETIMEDOUT',
    });
  const giveUp = (): void => {
    away = isDown();
    if (!away) return;
    const error = gaveUp();
    for (const reject of givingUp) reject(error);
  };
  const goOn = (): void => {
    clearTimeout(patience);
    patience = undefined;
    away = false;
    for (const resume of waiting) resume();
    waiting.clear();
  };
  const lookAtPatience = (): void => {
    patience ??= setTimeout(giveUp, patienceMs).unref();
  };
  redis.on('close', lookAtPatience);
  redis.on('ready', goOn);
  // Closed for good: calls fail by themselves.
  redis.on('end', goOn);

  return (work) => {
    if (away && isDown()) return Promise.reject(gaveUp());
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        work()
          .then(resolve, reject)
          .finally(() => givingUp.delete(fail));
      };
      const fail = (error: Error): void => {
        givingUp.delete(fail);
        waiting.delete(begin);
        reject(error);
      };
      givingUp.add(fail);
      if (!isDown()) begin();
      else {
        lookAtPatience();
        waiting.add(begin);
      }
    });
  };
}
