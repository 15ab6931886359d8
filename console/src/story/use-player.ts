import { useCallback, useEffect, useReducer } from 'react';

/** How long a beat stands at normal speed. */
const BEAT_MS = 1_400;
export const speeds = [0.5, 1, 2, 4, 16] as const;

export interface PlayerState {
  /** How many beats are told. */
  readonly cursor: number;
  readonly playing: boolean;
  readonly speed: number;
  /** The newest beat is shown as soon as it happens. */
  readonly following: boolean;
}

export type PlayerAction =
  | { readonly kind: 'to'; readonly cursor: number }
  | { readonly kind: 'by'; readonly beats: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'follow' }
  | { readonly kind: 'tick' };

/** Where the story is after an action, when it is `length` beats long. Whoever looks back no longer follows. */
export function played(state: PlayerState, action: PlayerAction, length: number): PlayerState {
  const at = state.following ? length : Math.min(state.cursor, length);
  const within = (cursor: number): number => Math.max(Math.min(1, length), Math.min(length, cursor));
  switch (action.kind) {
    case 'to':
      return { ...state, cursor: within(action.cursor), playing: false, following: false };
    case 'by':
      return { ...state, cursor: within(at + action.beats), playing: false, following: false };
    case 'toggle': {
      if (state.playing) return { ...state, cursor: at, playing: false };
      // At the end there is nothing left to play: it begins again.
      const from = at >= length ? within(1) : at;
      return { ...state, cursor: from, playing: true, following: false };
    }
    case 'speed':
      return { ...state, speed: action.speed };
    case 'follow':
      return { ...state, cursor: length, playing: false, following: true };
    case 'tick': {
      if (!state.playing) return state;
      const cursor = within(at + 1);
      return { ...state, cursor, playing: cursor < length };
    }
  }
}

export interface Player extends PlayerState {
  readonly act: (action: PlayerAction) => void;
}

/** Plays, steps and follows a story of so many beats. */
export function usePlayer(length: number, follow: boolean): Player {
  const [state, dispatch] = useReducer(
    (before: PlayerState, { action, of }: { action: PlayerAction; of: number }) => played(before, action, of),
    { cursor: length, playing: false, speed: 1, following: follow },
  );
  const act = useCallback((action: PlayerAction) => dispatch({ action, of: length }), [length]);
  useEffect(() => {
    if (!state.playing) return undefined;
    const timer = setInterval(() => act({ kind: 'tick' }), BEAT_MS / state.speed);
    return () => clearInterval(timer);
  }, [state.playing, state.speed, act]);
  return { ...state, cursor: state.following ? length : Math.min(state.cursor, length), act };
}
