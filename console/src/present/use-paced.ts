import { useEffect, useState } from 'react';

const EVERY_MS = 450;

/** Follows a number upwards one by one, so that an audience sees each arrow; at once for those who want no motion. */
export function usePaced(length: number): number {
  const [shown, setShown] = useState(length);
  const behind = shown < length;
  useEffect(() => {
    if (!behind) return undefined;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setTimeout(() => setShown((before) => (still ? length : before + 1)), still ? 0 : EVERY_MS);
    return () => clearTimeout(timer);
  }, [behind, shown, length]);
  return Math.min(shown, length);
}
