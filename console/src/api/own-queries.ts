import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { Case } from '../../../contracts/case.js';
import { useStream } from '../live/use-stream.js';
import { useThrottled } from '../live/use-throttled.js';
import { useApi } from './queries.js';

/** A message as it arrived on a phone or in a mailbox. */
export interface OwnMessage {
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly at: string;
  readonly sender?: string;
  readonly title?: string;
  readonly text: string;
}

/** A credit; `amount` in units of the currency. */
export interface OwnPayment {
  readonly payeeIdentity: string;
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
  readonly instructionId: string;
  readonly at: string;
}

const RENEW_MS = 1_000;
const CASES = 100;

/** The signed-in person's own cases, newest first. */
export function useOwnCases(): UseQueryResult<readonly Case[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['own', 'cases'],
    queryFn: async () => {
      const { cases } = await api.get<{ cases: readonly Case[] }>(`/api/v1/cases?limit=${CASES}`);
      return [...cases].sort((one, other) => other.openedAt.localeCompare(one.openedAt));
    },
  });
}

export function useOwnMessages(): UseQueryResult<readonly OwnMessage[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['own', 'messages'],
    queryFn: async () => (await api.get<{ messages: readonly OwnMessage[] }>('/api/v1/me/messages')).messages,
  });
}

export function useOwnPayments(): UseQueryResult<readonly OwnPayment[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['own', 'payments'],
    queryFn: async () => (await api.get<{ payments: readonly OwnPayment[] }>('/api/v1/me/payments')).payments,
  });
}

/** Keeps what is shown of the person's own matters up to date for as long as the page is open. */
export function useOwnLive(): void {
  const client = useQueryClient();
  const renew = useThrottled(
    () =>
      Promise.all(
        [['own'], ['tasks'], ['case'], ['clock']].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
    RENEW_MS,
  );
  useStream('all', { onOpen: renew, onBatch: renew });
}
