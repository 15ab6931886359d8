import { describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { knownHostsOnly } from '../../../app/front-door/known-hosts.js';
import { refuseOddAddresses } from '../../../app/front-door/odd-addresses.js';
import { silentLogger } from '../../../contracts/logger.js';
import { createProblemHandler } from '../../../orchestrator/http/problem-handler.js';

function appWith(handler: express.RequestHandler): Express {
  const app = express();
  app.use(handler);
  app.use((_request, response) => void response.json({}));
  app.use(createProblemHandler(silentLogger));
  return app;
}

describe('names of the sandbox', () => {
  const app = appWith(knownHostsOnly('http://sandbox.example:4000'));

  it.each([
    'sandbox.example:4000',
    'SANDBOX.example',
    'sandbox.example.:4000',
    'localhost:4000',
    'a.localhost',
    '127.0.0.1:4000',
    '192.168.1.20',
    '[::1]:4000',
    'gateway:4000',
    'laptop.local',
  ])('include %s, which nobody else can own', async (host) => {
    await request(app).get('/').set('host', host).expect(200);
  });

  it.each([
    'evil.example',
    'sandbox.example.evil.example',
    'localhost.evil.example:4000',
    'a/b',
    'x@y',
    'a b',
  ])('do not include %s, which may be anybody’s page', async (host) => {
    const { body } = await request(app).get('/').set('host', host).expect(421);
    expect(body).toMatchObject({
      code: 'GSB-REQ-006',
      detail: 'The sandbox is at http://sandbox.example:4000.',
    });
  });
});

describe('odd addresses', () => {
  const app = appWith(refuseOddAddresses);

  it.each(['/a%00', '/a%0d%0aSet-Cookie:x', '/%7f', `/?${'a=1&'.repeat(201)}`])(
    'are refused: %s',
    async (path) => {
      const { body } = await request(app).get(path).expect(400);
      expect(body).toMatchObject({ code: 'GSB-REQ-001' });
    },
  );

  it.each(['/a%20b', '/a?text=%0A', '/cases/%C3%A9', `/?${'a=1&'.repeat(150)}`])(
    'are not those: %s',
    async (path) => {
      await request(app).get(path).expect(200);
    },
  );
});
