import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { openEventStream, type StreamListener, type StreamState } from './event-stream.js';

/** One event stream for the page that is shown, narrowed to a case when one is given. */
export function useStream(
  caseId: string | undefined,
  listener: Pick<StreamListener, 'onOpen' | 'onBatch'>,
): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const client = useQueryClient();
  const present = useRef(listener);
  useEffect(() => {
    present.current = listener;
  });
  useEffect(
    () =>
      openEventStream(caseId === undefined ? {} : { case: caseId }, {
        onOpen: () => present.current.onOpen(),
        onBatch: (messages) => present.current.onBatch(messages),
        onState: setState,
        onRefused: () => void client.invalidateQueries({ queryKey: ['me'] }),
      }),
    [caseId, client],
  );
  return state;
}
