import { QueryCache, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { PublishedUseCases } from '../../../contracts/published-use-case.js';
import { createApi, type Api } from './client.js';
import { ApiProblem } from './problem.js';
import type {
  CaseAnswer,
  ClockAnswer,
  CountriesAnswer,
  Me,
  Persona,
  Task,
  UseCase,
  UseCaseSummary,
} from './types.js';

export interface Backend {
  readonly api: Api;
  readonly client: QueryClient;
}

/** The API and its cache. A 401 anywhere means that the session is over: `me` is asked again, and the pages follow. */
export function createBackend(fetchIn: typeof fetch): Backend {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiProblem && error.status === 401 && query.queryKey[0] !== 'me') {
          void client.invalidateQueries({ queryKey: ['me'] });
        }
      },
    }),
    defaultOptions: {
      // The sandbox is often on this very machine: that it has no network says nothing about whether the sandbox answers.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
      },
    },
  });
  const api = createApi({
    fetch: fetchIn,
    csrfToken: () => client.getQueryData<Me>(['me'])?.csrfToken ?? undefined,
  });
  return { api, client };
}

export const ApiContext = createContext<Api | undefined>(undefined);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) throw new Error('useApi needs an ApiContext');
  return api;
}

/** Who is not signed in. */
export const nobody: Me = { principal: null, csrfToken: null, oneClick: false };

export function useMe(): UseQueryResult<Me> {
  return useQuery({ ...meQuery(useApi()), refetchOnWindowFocus: 'always' });
}

export function meQuery(api: Api): Pick<Query<Me>, 'queryKey' | 'queryFn'> {
  return { queryKey: ['me'], queryFn: () => api.get<Me>('/auth/me') };
}

export function useUseCases(): UseQueryResult<readonly UseCaseSummary[]> {
  return useQuery(useCasesQuery(useApi()));
}

export function useCasesQuery(api: Api): Query<readonly UseCaseSummary[]> {
  return {
    queryKey: ['use-cases'],
    queryFn: async () =>
      (await api.get<{ useCases: readonly UseCaseSummary[] }>('/api/v1/use-cases')).useCases,
    staleTime: Infinity,
  };
}

/** A use case with its texts in one language and in English. */
export function useCaseQuery(api: Api, id: string, language: string): Query<UseCase> {
  return {
    queryKey: ['use-case', id, language],
    queryFn: () => api.get<UseCase>(`/api/v1/use-cases/${id}?language=${language}`),
    staleTime: Infinity,
  };
}

interface Query<T> {
  readonly queryKey: readonly string[];
  readonly queryFn: () => Promise<T>;
  readonly staleTime: number;
}

export function useUseCase(id: string | undefined, language: string): UseQueryResult<UseCase> {
  const api = useApi();
  return useQuery({
    ...useCaseQuery(api, id ?? '', language),
    enabled: id !== undefined,
    // While another language is on its way, the page stays as it is.
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
  });
}

export function usePublishedUseCases(): UseQueryResult<PublishedUseCases> {
  const api = useApi();
  return useQuery({
    queryKey: ['published-use-cases'],
    queryFn: () => api.get<PublishedUseCases>('/api/v1/use-cases/published'),
    staleTime: Infinity,
  });
}

/** The countries that a workspace can be in, and the one that this workspace is in. */
export function useCountries(): UseQueryResult<CountriesAnswer> {
  const api = useApi();
  return useQuery({
    queryKey: ['countries'],
    queryFn: () => api.get<CountriesAnswer>('/api/v1/countries'),
    staleTime: Infinity,
  });
}

export function usePersonas(): UseQueryResult<readonly Persona[]> {
  return useQuery(personasQuery(useApi()));
}

export function personasQuery(api: Api): Query<readonly Persona[]> {
  return {
    queryKey: ['personas'],
    queryFn: async () => (await api.get<{ personas: readonly Persona[] }>('/api/v1/personas')).personas,
    staleTime: Infinity,
  };
}

export function useClock(): UseQueryResult<ClockAnswer> {
  const api = useApi();
  return useQuery({
    queryKey: ['clock'],
    queryFn: () => api.get<ClockAnswer>('/api/v1/clock'),
    refetchInterval: 60_000,
  });
}

export function useCase(id: string): UseQueryResult<CaseAnswer> {
  const api = useApi();
  return useQuery({
    queryKey: ['case', id],
    queryFn: () => api.get<CaseAnswer>(`/api/v1/cases/${encodeURIComponent(id)}`),
  });
}

/** Open and past tasks that this person may see: of one case, or all pending ones. */
export function useTasks(caseId?: string): UseQueryResult<readonly Task[]> {
  const api = useApi();
  return useQuery({
    queryKey: ['tasks', caseId ?? 'pending'],
    queryFn: async () => {
      const read = async (query: string): Promise<readonly Task[]> =>
        (await api.get<{ tasks: readonly Task[] }>(`/api/v1/tasks?${query}`)).tasks;
      if (caseId !== undefined) return read(`case=${encodeURIComponent(caseId)}`);
      const [open, claimed] = await Promise.all([read('state=open'), read('state=claimed')]);
      return [...open, ...claimed];
    },
  });
}
