import { useCallback, useEffect, useRef, useState } from 'react';
import { inWorkspace } from '../model/place.js';
import type { TalkCommand } from './commands.js';

type Said = { readonly index: number } | { readonly command: TalkCommand } | { readonly ask: true };

function channel(): BroadcastChannel {
  return new BroadcastChannel(`talk ${inWorkspace(window.location.pathname)}`);
}

/** The speaker's own window: it hears which slide is shown, and its keys count here. Returns how to open it. */
export function useNotesWindow(index: number, onCommand: (command: TalkCommand) => void): () => void {
  const present = useRef({ index, onCommand });
  const open = useRef<BroadcastChannel | undefined>(undefined);
  useEffect(() => {
    present.current = { index, onCommand };
    open.current?.postMessage({ index } satisfies Said);
  });
  useEffect(() => {
    const heard = channel();
    open.current = heard;
    heard.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('command' in data) present.current.onCommand(data.command);
      if ('ask' in data) heard.postMessage({ index: present.current.index } satisfies Said);
    };
    return () => {
      open.current = undefined;
      heard.close();
    };
  }, []);
  return useCallback(() => {
    window.open(`${window.location.pathname}?notes`, 'talk-notes', 'popup,width=720,height=560');
  }, []);
}

/** In the speaker's window: which slide is shown; undefined before the talk says so. */
export function useShownSlide(): {
  readonly index: number | undefined;
  readonly send: (command: TalkCommand) => void;
} {
  const [index, setIndex] = useState<number | undefined>(undefined);
  const open = useRef<BroadcastChannel | undefined>(undefined);
  useEffect(() => {
    const heard = channel();
    open.current = heard;
    heard.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('index' in data) setIndex(data.index);
    };
    heard.postMessage({ ask: true } satisfies Said);
    return () => {
      open.current = undefined;
      heard.close();
    };
  }, []);
  const send = useCallback(
    (command: TalkCommand) => open.current?.postMessage({ command } satisfies Said),
    [],
  );
  return { index, send };
}
