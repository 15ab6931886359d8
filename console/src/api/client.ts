import { inWorkspace } from '../model/place.js';
import { ApiProblem } from './problem.js';

/** The API as the signed-in person sees it. Raises ApiProblem. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
}

/** Paths are those of the default workspace (`/api/v1/...`, `/auth/...`). The session is a cookie; changes carry the session's form token. */
export function createApi(deps: { fetch: typeof fetch; csrfToken: () => string | undefined }): Api {
  const send = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await deps
      .fetch(inWorkspace(path), { ...init, credentials: 'same-origin' })
      .catch(() => {
        throw new ApiProblem(0, {});
      });
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(response.status, parsed(text));
    return parsed(text) as T;
  };
  return {
    get: (path) => send(path, { headers: { accept: 'application/json' } }),
    post: (path, body) => {
      const csrf = deps.csrfToken();
      const headers = {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
      };
      return send(path, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
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
