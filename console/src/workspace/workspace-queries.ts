import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { SnapshotView, WorkspaceView } from '../../../contracts/workspace.js';
import type { Api } from '../api/client.js';
import { useApi } from '../api/queries.js';
import { workspaceHere } from '../model/place.js';

export const herePath = (): string => `/api/v1/workspaces/${workspaceHere()}`;

export function useWorkspaces(): UseQueryResult<readonly WorkspaceView[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['workspaces'],
    queryFn: async () =>
      (await api.get<{ workspaces: readonly WorkspaceView[] }>('/api/v1/workspaces')).workspaces,
  });
}

export function useSnapshots(): UseQueryResult<readonly SnapshotView[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['snapshots'],
    queryFn: async () =>
      (await api.get<{ snapshots: readonly SnapshotView[] }>(`${herePath()}/snapshots`)).snapshots,
  });
}

/** A change of the workspace; whatever the console shows of it is asked for anew. */
export function useChange<T>(
  change: (api: Api, wanted: T) => Promise<unknown>,
): UseMutationResult<unknown, Error, T> {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: T) => change(api, wanted),
    onSettled: () => client.invalidateQueries(),
  });
}
