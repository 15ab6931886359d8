import type { Request, Response } from 'express';

import { readCookie, serializeCookie } from '../cookies.js';
import type { Session, Sessions } from '../sessions.js';
import { SESSION_SECONDS } from '../sessions.js';

const NAME = 'sandbox_session';

/** The session's cookie: how it is set, read, prolonged and cleared. */
export interface SessionCookie {
  set(response: Response, id: string): void;
  clear(response: Response): void;
  idOf(request: Request): string | undefined;
  /** The live session of a request; undefined when there is none or it is over. */
  readonly sessionOf: (request: Request, response: Response) => Promise<Session | undefined>;
}

export function createSessionCookie(
  sessions: Sessions,
  publicUrl: string,
  lifeSeconds = SESSION_SECONDS,
): SessionCookie {
  const secure = new URL(publicUrl).protocol === 'https:';
  const send = (response: Response, value: string, maxAgeSeconds: number): void => {
    response.append('Set-Cookie', serializeCookie({ name: NAME, value, path: '/', maxAgeSeconds, secure }));
  };
  const idOf = (request: Request): string | undefined => {
    const id = readCookie(request.headers.cookie, NAME);
    return id === undefined || id === '' ? undefined : id;
  };
  return {
    set: (response, id) => send(response, id, lifeSeconds),
    clear: (response) => send(response, '', 0),
    idOf,
    async sessionOf(request, response) {
      const id = idOf(request);
      if (id === undefined) return undefined;
      const session = await sessions.resolve(id);
      // The cookie of a session that is over stays: a late answer to the former page must not take away the next one's.
      if (session?.prolonged === true) send(response, id, lifeSeconds);
      return session;
    },
  };
}
