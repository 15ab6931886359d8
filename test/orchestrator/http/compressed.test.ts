import { describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import { addRoute, type RouteDeps } from '../../../orchestrator/http/route.js';

const value = { text: 'public '.repeat(1_000) };
const deps: RouteDeps = {
  workspaceOf: () => DEFAULT_WORKSPACE,
  checkQuery: () => undefined,
  principalOf: () => ({ subject: 's', username: 'amina', name: 'Amina', roles: ['citizen'] }),
};
const router = express.Router();
for (const name of ['GET /use-cases', 'GET /cases'] as const)
  addRoute(router, deps, name, async (_request, response) => void response.json(value));
addRoute(router, deps, 'GET /personas', async (_request, response) => void response.json({ few: 1 }));
const app = express().use(router);

describe('answers of the API', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
  ])('are packed where anybody may read them: %s', async (takes, packing) => {
    const answer = await request(app).get('/use-cases').set('accept-encoding', takes);
    expect(answer.headers['content-encoding']).toBe(packing);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['vary']).toBe('Accept-Encoding');
    const bytes = Number(answer.headers['content-length']);
    if (packing === undefined) expect(bytes).toBe(JSON.stringify(value).length);
    else expect(bytes).toBeLessThan(200);
    if (packing !== 'br') expect(answer.body).toEqual(value);
  });
  it('are not packed where they may hold a secret, nor where they are small', async () => {
    const own = await request(app).get('/cases').set('accept-encoding', 'br, gzip');
    expect([own.headers['content-encoding'], own.body]).toEqual([undefined, value]);
    const small = await request(app).get('/personas').set('accept-encoding', 'br, gzip');
    expect([small.headers['content-encoding'], small.body]).toEqual([undefined, { few: 1 }]);
  });
  it('are not sent again to whoever has them', async () => {
    const answer = await request(app).get('/use-cases').set('accept-encoding', 'gzip');
    const again = await request(app)
      .get('/use-cases')
      .set('accept-encoding', 'gzip')
      .set('if-none-match', String(answer.headers['etag']));
    expect(again.status).toBe(304);
  });
});
