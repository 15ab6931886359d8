import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { openEventStream, type StreamListener, type StreamState } from './event-stream.js';

/** What of the workspace's events a page needs. */
export type StreamScope = 'all' | 'log' | { readonly case: string };

/** One event stream for the page that is shown. */
export function useStream(
  scope: StreamScope,
  listener: Pick<StreamListener, 'onOpen' | 'onBatch'>,
): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const client = useQueryClient();
  // As text, so that a scope with the same meaning does not connect anew.
  const query = JSON.stringify(scope === 'all' ? {} : scope === 'log' ? { only: 'log' } : scope);
  const present = useRef(listener);
  useEffect(() => {
    present.current = listener;
  });
  useEffect(
    () =>
      openEventStream(JSON.parse(query) as Record<string, string>, {
        onOpen: () => present.current.onOpen(),
        onBatch: (messages) => present.current.onBatch(messages),
        onState: setState,
        onRefused: () => void client.invalidateQueries({ queryKey: ['me'] }),
      }),
    [query, client],
  );
  return state;
}
