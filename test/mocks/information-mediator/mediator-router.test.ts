import { describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { ConnectionLostError, type BlockRequest } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import { silentLogger } from '../../../contracts/logger.js';
import { mediatorRouter } from '../../../mocks/information-mediator/http/mediator-router.js';
import { createMemberKeys } from '../../../mocks/information-mediator/member-key.js';
import { createFixture, OTHER, POPULATION, USCT, type Fixture } from './mediator-fixture.js';

const keys = createMemberKeys('secret');
const READ = `/r1/${POPULATION}/population/population/1.0/read`;
const BODY = { query: { content: { individualId: 'ID-1' } } };

function serve(fixture: Fixture = createFixture()): {
  app: express.Express;
  metaservices: BlockRequest[];
  fixture: Fixture;
} {
  const app = express();
  const metaservices: BlockRequest[] = [];
  fixture.consents.set('ID-1', { consentRecord: 'record-1', fields: ['firstName'] });
  app.use(
    mediatorRouter({
      mediator: fixture.mediator,
      block: {
        handle: async (_workspace, blockRequest) => {
          metaservices.push(blockRequest);
          return {
            status: 200,
            headers: { 'content-type': 'application/json; charset=utf-8' },
            body: 'a text',
          };
        },
      },
      workspaceOf: () => DEFAULT_WORKSPACE,
      authenticateMember: async (incoming, client) =>
        keys.matches(DEFAULT_WORKSPACE, client, incoming.get('x-sandbox-member-key') ?? ''),
      uuid: () => 'uuid',
      logger: silentLogger,
    }),
  );
  app.use((_request, response) => response.status(418).end());
  return { app, metaservices, fixture };
}

const asUsct = {
  'x-sandbox-member-key': keys.keyOf(DEFAULT_WORKSPACE, USCT),
  'x-sandbox-fields': 'firstName',
};

describe('the mediator over HTTP', () => {
  it('refuses a body that is nested deeper than anything that stands behind it takes', async () => {
    const { app } = serve();
    const response = await request(app)
      .post(READ)
      .set({ ...asUsct, 'X-Road-Client': USCT, 'content-type': 'application/json' })
      .send(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    expect(response.status).toBe(400);
    expect(response.headers['x-road-error']).toBe('Client.BadRequest');
    expect(response.headers['x-sandbox-rule']).toBe('mediator:Client.BadRequest');
  });

  it.each(['X-GovStack-Client', 'Information-Mediator-Client', 'X-Road-Client'])(
    'accepts the caller as %s',
    async (name) => {
      const { app, fixture } = serve();
      const response = await request(app)
        .post(`${READ}?a=1&a=2&b=x`)
        .set({ ...asUsct, [name]: USCT })
        .send(BODY);
      expect(response.status).toBe(200);
      expect(response.body).toEqual({ content: { firstName: 'Amina' } });
      expect(response.headers).toMatchObject({ 'x-road-client': USCT, 'x-content-type-options': 'nosniff' });
      expect(fixture.delivered[0]).toMatchObject({
        method: 'POST',
        path: '/data/population/1.0/read',
        query: { a: ['1', '2'], b: 'x' },
        body: BODY,
      });
      expect(fixture.delivered[0]?.headers).not.toHaveProperty('x-sandbox-member-key');
      expect(fixture.delivered[0]?.headers).not.toHaveProperty('user-agent');
    },
  );

  it('lets the last client header count', async () => {
    const { app } = serve();
    const response = await request(app)
      .post(READ)
      .set(asUsct)
      .set('X-Road-Client', OTHER)
      .set('X-GovStack-Client', USCT)
      .send(BODY);
    expect(response.headers['x-road-client']).toBe(USCT);
  });

  it('gives HTTP callers the same checks: without a live consent nothing is read', async () => {
    const { app, fixture } = serve();
    fixture.consents.clear();
    const response = await request(app)
      .post(READ)
      .set({ ...asUsct, 'X-Road-Client': USCT })
      .send(BODY);
    expect(response.status).toBe(403);
    expect(response.headers['x-road-error']).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
    expect(fixture.delivered).toEqual([]);
    expect(await fixture.exchanges()).toHaveLength(1);
  });

  it.each([
    ['no client header', {}, 400, 'Client.BadRequest'],
    ['a malformed one', { 'X-Road-Client': 'USCT' }, 400, 'Client.BadRequest'],
    ['a key of another member', { 'X-Road-Client': POPULATION }, 401, 'Client.AuthenticationFailed'],
  ])('refuses %s', async (_what, headers, status, type) => {
    const { app, fixture } = serve();
    const response = await request(app).post(READ).set(asUsct).set(headers).send(BODY);
    expect(response.status).toBe(status);
    expect(response.headers['x-road-error']).toBe(type);
    expect(response.body).toEqual({ type, message: expect.any(String), detail: 'uuid' });
    expect(fixture.delivered).toEqual([]);
  });

  it('refuses a body that is no JSON', async () => {
    const { app } = serve();
    const response = await request(app)
      .post(READ)
      .set({ ...asUsct, 'X-Road-Client': USCT, 'content-type': 'application/json' })
      .send('{"query":');
    expect(response.status).toBe(400);
    expect(response.headers['x-road-error']).toBe('Client.BadRequest');
  });

  it.each([
    ['subs', true],
    ['subs/id-1', true],
    ['event/id-1', true],
    ['pull/person/moved', true],
    ['pull/person/moved/id-1', true],
    ['subs/id-1/more', false],
    ['pull/person', false],
  ])('knows the rooms of PubSub 1.0.0, for members only: %s', async (rest, isRoom) => {
    const { app, metaservices } = serve();
    const path = `/r1/${POPULATION}/${rest}`;
    await request(app)
      .get(path)
      .set({ ...asUsct, 'X-Road-Client': USCT });
    expect(metaservices.map((asked) => asked.path)).toEqual(isRoom ? [path] : []);
    expect((await request(app).get(path).set('X-Road-Client', USCT)).status).toBe(401);
  });

  it('refuses a path that names no service', async () => {
    const { app } = serve();
    const response = await request(app)
      .get('/r1/SANDBOX/GOV')
      .set({ ...asUsct, 'X-Road-Client': USCT });
    expect(response.status).toBe(400);
  });

  it('answers a lost provider as X-Road does', async () => {
    const { app, fixture } = serve();
    fixture.answer = () => ({
      kind: 'lost',
      deliveredTo: 'mock',
      error: new ConnectionLostError('reset', false),
    });
    const response = await request(app)
      .post(READ)
      .set({ ...asUsct, 'X-Road-Client': USCT })
      .send(BODY);
    expect(response.status).toBe(500);
    expect(response.headers['x-road-error']).toBe('Server.ServerProxy.NetworkError');
  });

  it('neither sets a provider’s cookies nor runs its pages', async () => {
    const { app, fixture } = serve();
    fixture.answer = () => ({
      kind: 'answered',
      deliveredTo: 'mock',
      response: {
        status: 200,
        headers: { 'content-type': 'text/html', 'set-cookie': 'a=b' },
        body: '<p>hi</p>',
      },
    });
    const response = await request(app)
      .post(READ)
      .set({ ...asUsct, 'X-Road-Client': USCT })
      .send(BODY);
    expect(response.text).toBe('<p>hi</p>');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.headers['content-security-policy']).toContain('sandbox');
  });

  it.each([
    '/listClients',
    '/r1/listClients',
    `/r1/${POPULATION}/listMethods`,
    `/${POPULATION}/allowedMethods`,
    `/${POPULATION}/getOpenAPI`,
  ])('serves the metaservice %s by the block', async (path) => {
    const { app, metaservices } = serve();
    const response = await request(app).get(`${path}?serviceCode=x`).set('X-Road-Client', USCT);
    expect(response.status).toBe(200);
    expect(response.body).toBe('a text');
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(metaservices[0]).toMatchObject({
      path,
      query: { serviceCode: 'x' },
      headers: { 'x-govstack-client': USCT },
    });
  });

  it('leaves everything else alone', async () => {
    const { app } = serve();
    expect((await request(app).get('/cases/1/2/3/4')).status).toBe(418);
    expect((await request(app).post('/listClients')).status).toBe(418);
  });
});

describe('member keys', () => {
  it('open one member in one workspace', () => {
    const key = keys.keyOf(DEFAULT_WORKSPACE, USCT);
    expect(keys.matches(DEFAULT_WORKSPACE, USCT, key)).toBe(true);
    expect(keys.matches(DEFAULT_WORKSPACE, OTHER, key)).toBe(false);
    expect(keys.matches('other' as typeof DEFAULT_WORKSPACE, USCT, key)).toBe(false);
    expect(keys.matches(DEFAULT_WORKSPACE, USCT, '')).toBe(false);
    expect(createMemberKeys('another').matches(DEFAULT_WORKSPACE, USCT, key)).toBe(false);
  });
});
