import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CaseFile } from '../../../contracts/case-file.js';
import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import { useApi } from '../api/queries.js';
import type { SequencedExchange } from '../api/types.js';
import { messageIn, recipientOf, type PhoneMessage } from '../model/phone-messages.js';
import type { Scene } from '../model/scene.js';

export type BodiesOf = (exchange: Exchange) => Promise<ExchangePayload | undefined>;

/** What was said in calls, asked of the server a run at a time. */
export function useLiveBodies(): BodiesOf {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    async ({ id, origin }) => {
      if (origin === undefined) return undefined;
      const read = async (staleTime: number): Promise<readonly SequencedExchange[]> =>
        client.query({
          queryKey: ['run-exchanges', origin.runId],
          staleTime,
          queryFn: async () =>
            (
              await api.get<{ exchanges: readonly SequencedExchange[] }>(
                `/api/v1/runs/${encodeURIComponent(origin.runId)}/exchanges`,
              )
            ).exchanges,
        });
      const find = (all: readonly SequencedExchange[]): SequencedExchange | undefined =>
        all.find(({ exchange }) => exchange.id === id);
      // What is at hand may be older than the call.
      return (find(await read(Infinity)) ?? find(await read(0)))?.payload;
    },
    [api, client],
  );
}

/** The same from a file that was exported with what was said. */
export function bodiesInFile(file: CaseFile): BodiesOf | undefined {
  if (file.redacted) return undefined;
  const payloads = new Map(file.exchanges.map(({ exchange, payload }) => [exchange.id, payload]));
  return ({ id }) => Promise.resolve(payloads.get(id));
}

export interface ShownMessage {
  readonly id: string;
  readonly time: string;
  /** Undefined where what was said is not to be seen. */
  readonly message: PhoneMessage | undefined;
}

/** What is on the phone of the person whose case it is. */
export function usePhoneMessages(
  caseId: string,
  scene: Scene,
  bodies: BodiesOf | undefined,
): readonly ShownMessage[] {
  const { messages } = scene;
  const ids = messages.map(({ id }) => id).join(' ');
  const { data } = useQuery({
    queryKey: ['phone', caseId, ids, bodies !== undefined],
    // What is there stays while more is fetched.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    networkMode: 'always',
    queryFn: async (): Promise<readonly ShownMessage[]> => {
      const said = await Promise.all(
        messages.map(async (beat) => ({ beat, body: (await bodies?.(beat.exchange))?.requestBody ?? null })),
      );
      // A message of the person's own case goes to that person; receipts for many name each number.
      const own = said.find(({ beat, body }) => beat.caseId === caseId && recipientOf(body) !== undefined);
      const address = own === undefined ? undefined : recipientOf(own.body);
      return said.flatMap(({ beat: { id, time }, body }): readonly ShownMessage[] => {
        if (body === null) return [{ id, time, message: undefined }];
        const message = messageIn(body, address);
        return message === undefined ? [] : [{ id, time, message }];
      });
    },
  });
  return data ?? [];
}
