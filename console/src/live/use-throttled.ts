import { useCallback, useEffect, useRef } from 'react';

/** Does it at most once per interval, and once more at its end when it was asked for meanwhile. */
export function useThrottled(action: () => Promise<unknown>, milliseconds: number): () => void {
  const present = useRef(action);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const state = useRef({ busy: false, again: false });
  useEffect(() => {
    present.current = action;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    const run = (): void => {
      state.current = { busy: true, again: false };
      void present
        .current()
        .catch(() => undefined)
        .then(() => {
          timer.current = setTimeout(() => {
            const { again } = state.current;
            state.current = { busy: false, again: false };
            if (again) run();
          }, milliseconds);
        });
    };
    if (state.current.busy) state.current.again = true;
    else run();
  }, [milliseconds]);
}
