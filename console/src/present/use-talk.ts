import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { chapterStop, slideNamed, stopAfter, stopBefore, type Stop, type Talk } from '../model/talk.js';
import type { Stage } from './stage.js';

export interface RunningTalk {
  readonly index: number;
  /** Counts how often a snapshot was put back: what was shown before is shown anew. */
  readonly life: number;
  readonly cases: Readonly<Record<string, string>>;
  readonly busy: boolean;
  readonly problem: unknown;
  readonly next: () => void;
  readonly previous: () => void;
  readonly chapter: (index: number) => void;
  /** The present chapter from its beginning. */
  readonly again: () => void;
}

/** Moves through a talk, one thing after the other: a speaker who presses twice waits for both. */
export function useTalk(talk: Talk, stage: Stage): RunningTalk {
  const client = useQueryClient();
  const [index, setIndex] = useState(() => slideNamed(talk, window.location.hash.slice(1)));
  const [life, setLife] = useState(0);
  const [cases, setCases] = useState<Readonly<Record<string, string>>>({});
  const [pending, setPending] = useState(0);
  const [problem, setProblem] = useState<unknown>(undefined);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const inTurn = useCallback((work: () => Promise<void>): void => {
    setPending((before) => before + 1);
    queue.current = queue.current
      .then(work)
      .catch(setProblem)
      .finally(() => setPending((before) => before - 1));
  }, []);

  useEffect(() => {
    const here = talk.slides[index];
    if (here === undefined) return;
    window.history.replaceState(window.history.state, '', `#${here.slide.id}`);
    inTurn(async () => {
      setCases(await stage.play(here.from, here.to));
    });
  }, [talk, stage, index, life, inTurn]);

  const restore = useCallback(
    (chapter: string, then: () => void): void =>
      inTurn(async () => {
        await stage.restore(chapter);
        setProblem(undefined);
        setCases({});
        client.removeQueries({
          predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'use-case',
        });
        then();
        setLife((before) => before + 1);
      }),
    [stage, client, inTurn],
  );
  const go = ({ index: to, restore: chapter }: Stop): void => {
    if (chapter === undefined) setIndex(to);
    else restore(chapter, () => setIndex(to));
  };
  // The stage may stand where an earlier talk ended. A page that was loaded again names its slide, and goes on there.
  // Whoever has gone on by then stays where they are.
  const begun = useRef(window.location.hash !== '');
  useEffect(() => {
    const [first] = talk.chapters;
    if (begun.current || first === undefined) return;
    begun.current = true;
    restore(first.id, () => undefined);
  }, [talk, restore]);
  const here = talk.slides[index]?.chapterIndex ?? 0;
  return {
    index,
    life,
    cases,
    busy: pending > 0,
    problem,
    next: () => go(stopAfter(talk, index)),
    previous: () => go(stopBefore(talk, index)),
    chapter: (to) => go(chapterStop(talk, to)),
    again: () => go(chapterStop(talk, here)),
  };
}
