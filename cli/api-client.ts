import { textOf } from '../contracts/json.js';
import type { Case } from '../contracts/case.js';
import type { HumanTask } from '../contracts/human-task.js';
import type { JsonObject } from '../contracts/json.js';
import type { Run } from '../contracts/run.js';

/** What the API refused, with its problem document. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = 'ApiRefusal';
  }
}

/** The API as one person sees it. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<void>;
  delete(path: string): Promise<void>;
  /** An event stream; the caller reads it and aborts it. */
  stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

export interface CaseAnswer {
  readonly case: Case;
  readonly runs: readonly Run[];
}
export interface TasksAnswer {
  readonly tasks: readonly HumanTask[];
}

/** `root` is where the paths begin, such as http://localhost:4000/api/v1. `token` is asked for each request: it renews itself. */
export function createApiClient(
  root: string,
  token: () => Promise<string>,
  headers: Readonly<Record<string, string>> = {},
  request: typeof fetch = fetch,
): ApiClient {
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Response> => {
    const response = await request(root + path, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.ok) return response;
    throw await refusalOf(response);
  };
  return {
    get: async <T>(path: string) => JSON.parse(await (await send('GET', path)).text()) as T,
    post: async <T>(path: string, body?: unknown) => {
      const response = await send('POST', path, body ?? {});
      return (response.status === 204 ? undefined : JSON.parse(await response.text())) as T;
    },
    put: async (path, body, more) => {
      await send('PUT', path, body, undefined, more);
    },
    delete: async (path) => {
      await send('DELETE', path);
    },
    stream: async (path, signal) => {
      const { body } = await send('GET', path, undefined, signal);
      if (body === null) throw new Error('The stream has no body');
      return body;
    },
  };
}

async function refusalOf(response: Response): Promise<ApiRefusal> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as JsonObject;
    return new ApiRefusal(response.status, textOf(problem['code']), textOf(problem['detail']));
  } catch {
    return new ApiRefusal(response.status, 'unknown', text.slice(0, 300));
  }
}
