import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { BlockId } from '../../../contracts/block.js';
import type { CollectionCount, StatePage } from '../../../contracts/block-state.js';
import type { FaultRequest } from '../../../contracts/faults.js';
import type { JournalEntry } from '../../../contracts/request-journal.js';
import type { Api } from './client.js';
import { useApi } from './queries.js';

export interface BlockSummary {
  readonly id: BlockId;
  readonly title: string;
  /** `mock`, or where the real system is. */
  readonly binding: string;
  readonly operations: number;
  readonly candidates: readonly { readonly name: string; readonly what: string }[];
}

export interface BindingView {
  readonly service?: string;
  readonly operationId?: string;
  readonly binding: { readonly kind: 'mock' | 'real' | 'spy'; readonly baseUrl?: string };
  readonly unclearSince?: string;
}

export type Fault = FaultRequest & { readonly id: string };

export const blockPath = (block: BlockId): string => `/api/v1/blocks/${block}`;

export function useBlocks(): UseQueryResult<readonly BlockSummary[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['blocks'],
    queryFn: async () => (await api.get<{ blocks: readonly BlockSummary[] }>('/api/v1/blocks')).blocks,
  });
}

export function useFaults(block: BlockId): UseQueryResult<readonly Fault[]> {
  return useOfBlock(block, 'faults', async (api, path) => {
    return (await api.get<{ faults: readonly Fault[] }>(`${path}/faults`)).faults;
  });
}

export function useBindings(block: BlockId): UseQueryResult<readonly BindingView[]> {
  return useOfBlock(block, 'binding', async (api, path) => {
    return (await api.get<{ bindings: readonly BindingView[] }>(`${path}/binding`)).bindings;
  });
}

/** The newest requests; asked for again every few seconds while somebody looks. */
export function useRequests(block: BlockId, limit: number): UseQueryResult<readonly JournalEntry[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['block', block, 'journal', limit],
    queryFn: async () =>
      (await api.get<{ entries: readonly JournalEntry[] }>(`${blockPath(block)}/journal?limit=${limit}`))
        .entries,
    refetchInterval: 5_000,
  });
}

export function useCollections(block: BlockId): UseQueryResult<readonly CollectionCount[]> {
  return useOfBlock(block, 'state', async (api, path) => {
    return (await api.get<{ collections: readonly CollectionCount[] }>(`${path}/state`)).collections;
  });
}

export function usePageOfState(block: BlockId, collection: string, text: string): UseQueryResult<StatePage> {
  const query = new URLSearchParams({ limit: '50', ...(text === '' ? {} : { text }) });
  return useOfBlock(block, `state/${collection}?${query.toString()}`, (api, path) =>
    api.get<StatePage>(`${path}/state/${encodeURIComponent(collection)}?${query.toString()}`),
  );
}

/** Changes something of a block; whatever is shown of it is asked for again. */
export function useBlockChange<I, O>(
  block: BlockId,
  change: (api: Api, path: string, input: I) => Promise<O>,
): UseMutationResult<O, Error, I> {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: I) => change(api, blockPath(block), input),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['block', block] });
      await client.invalidateQueries({ queryKey: ['blocks'] });
    },
  });
}

function useOfBlock<T>(
  block: BlockId,
  what: string,
  read: (api: Api, path: string) => Promise<T>,
): UseQueryResult<T> {
  const api = useApi();
  return useQuery({ queryKey: ['block', block, what], queryFn: () => read(api, blockPath(block)) });
}
