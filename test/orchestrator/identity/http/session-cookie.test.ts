import { describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';

import { createSessionCookie } from '../../../../orchestrator/identity/http/session-cookie.js';
import type { Session, Sessions } from '../../../../orchestrator/identity/sessions.js';

const session = (prolonged: boolean): Session => ({
  principal: { subject: 's', username: 'amina', name: 'Amina', roles: ['citizen'] },
  csrfToken: 'token',
  prolonged,
});

async function cookiesFor(found: Session | undefined): Promise<unknown> {
  const sessions = { resolve: async () => found } satisfies Partial<Sessions>;
  const cookie = createSessionCookie(sessions as unknown as Sessions, 'http://127.0.0.1:8080');
  const app = express();
  app.get('/', async (incoming, response) => {
    await cookie.sessionOf(incoming, response);
    response.sendStatus(204);
  });
  const answer = await request(app).get('/').set('Cookie', 'sandbox_session=former');
  return answer.headers['set-cookie'];
}

describe("the session's cookie", () => {
  it('is left alone when its session is over: by then it may be the cookie of the next one', async () => {
    expect(await cookiesFor(undefined)).toBeUndefined();
    expect(await cookiesFor(session(false))).toBeUndefined();
  });

  it('is sent again when its session was prolonged', async () => {
    expect(await cookiesFor(session(true))).toEqual([
      expect.stringMatching(/^sandbox_session=former; .*Max-Age=36000/),
    ]);
  });
});
