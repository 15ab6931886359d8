import { inWorkspace } from '../model/place.js';
import { ApiProblem } from './problem.js';

/** The API as the signed-in person sees it. Raises ApiProblem. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put(path: string, body: unknown, options?: WriteOptions): Promise<void>;
  delete(path: string, options?: WriteOptions): Promise<void>;
  /** An answer that is no JSON. */
  text(path: string): Promise<string>;
  /** With the version that it has, for `match`. */
  read(path: string): Promise<Versioned>;
}

export interface Versioned {
  readonly value: unknown;
  readonly etag: string | undefined;
  readonly text: string;
}

export interface WriteOptions {
  /** The version that was read: it is left alone when it changed since. */
  readonly match?: string | undefined;
}

/** Paths are those of the default workspace (`/api/v1/...`, `/auth/...`). The session is a cookie; changes carry the session's form token. */
export function createApi(deps: { fetch: typeof fetch; csrfToken: () => string | undefined }): Api {
  const ask = async (path: string, init: RequestInit): Promise<Versioned> => {
    const response = await deps
      .fetch(inWorkspace(path), { ...init, credentials: 'same-origin' })
      .catch(() => {
        throw new ApiProblem(0, {});
      });
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(response.status, parsed(text));
    return { value: parsed(text), etag: response.headers.get('etag') ?? undefined, text };
  };
  const change = async (
    method: string,
    path: string,
    body: unknown,
    { match }: WriteOptions = {},
  ): Promise<unknown> => {
    const csrf = deps.csrfToken();
    const headers = {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
      ...(match === undefined ? {} : { 'if-match': match }),
    };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return (await ask(path, init)).value;
  };
  const read = { headers: { accept: 'application/json' } };
  return {
    get: async <T>(path: string) => (await ask(path, read)).value as T,
    text: async (path) => (await ask(path, {})).text,
    read: (path) => ask(path, read),
    post: async <T>(path: string, body?: unknown) => (await change('POST', path, body ?? {})) as T,
    put: async (path, body, options) => {
      await change('PUT', path, body, options);
    },
    delete: async (path, options) => {
      await change('DELETE', path, undefined, options);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
