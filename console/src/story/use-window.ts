import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Rows beyond the visible ones, so that a quick scroll shows no gap. */
const SPARE = 6;

export interface Window {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly from: number;
  readonly to: number;
  readonly scrollTo: (row: number) => void;
}

/** Which rows of a long list are on the page: only those that can be seen, whatever its length. All are `height` pixels high, below what
 * stands above the element with `data-canvas`. */
export function useWindow(count: number, height: number): Window {
  const frame = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 24 });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    let asked = 0;
    const measure = (): void => {
      asked = 0;
      const from = Math.max(0, Math.floor(element.scrollTop / height) - SPARE);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / height) + SPARE;
      setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    const ask = (): void => {
      if (asked === 0) asked = requestAnimationFrame(measure);
    };
    measure();
    element.addEventListener('scroll', ask, { passive: true });
    const observer = new ResizeObserver(ask);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', ask);
      observer.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [height, count]);
  const scrollTo = useCallback(
    (row: number) => {
      const element = frame.current;
      if (element === null) return;
      const head = element.querySelector<HTMLElement>('[data-canvas]')?.offsetTop ?? 0;
      const seen = element.clientHeight - head;
      const top = row * height;
      const bottom = top + height;
      // The row after it is in view as well, so that one sees that the story goes on.
      if (top < element.scrollTop + height) element.scrollTop = Math.max(0, top - height);
      else if (bottom + height > element.scrollTop + seen) element.scrollTop = bottom + height - seen;
    },
    [height],
  );
  return { frame, from: Math.min(range.from, count), to: Math.min(range.to, count), scrollTo };
}
