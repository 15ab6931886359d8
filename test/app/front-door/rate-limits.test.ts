import { describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { createRateLimits, ratesFor, usualRates, type Rates } from '../../../app/front-door/rate-limits.js';
import { silentLogger } from '../../../contracts/logger.js';
import { createProblemHandler } from '../../../orchestrator/http/problem-handler.js';

/** The person is whoever the header says; addresses come by X-Forwarded-For, as behind a proxy. */
function appWith(rates: Partial<Rates> | undefined): Express {
  const app = express();
  app.set('trust proxy', 'loopback');
  const limits = createRateLimits(
    rates === undefined ? undefined : { ...usualRates, ...rates },
    (asked) => asked.get('x-person') ?? undefined,
  );
  app.use(limits.perAddress, limits.signIn, limits.perPerson);
  app.post(/token$/, (asked, response) => {
    response.status(asked.get('x-wrong') === undefined ? 200 : 400).json({});
  });
  app.use((_request, response) => void response.json({}));
  app.use(createProblemHandler(silentLogger));
  return app;
}

const from = (app: Express, address: string, path = '/api/v1/cases'): request.Test =>
  request(app).get(path).set('x-forwarded-for', address);

describe('rate limits', () => {
  it('refuse what is over the limit of an address, and say when to go on; others go on', async () => {
    const app = appWith({ perAddress: 2 });
    const first = await from(app, '198.51.100.7').expect(200);
    expect(first.headers['ratelimit']).toMatch(/^"address"; r=1; t=\d+$/);
    expect(first.headers['ratelimit-policy']).toContain('q=2; w=60');
    await from(app, '198.51.100.7').expect(200);
    const refused = await from(app, '198.51.100.7')
      .expect(429)
      .expect('content-type', /^application\/problem\+json/);
    expect(refused.body).toMatchObject({ code: 'GSB-REQ-005', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await from(app, '198.51.100.8').expect(200);
  });

  it('count one IPv6 subscriber once, whatever address of it is used', async () => {
    const app = appWith({ perAddress: 1 });
    await from(app, '2001:db8:1:100::1').expect(200);
    await from(app, '2001:db8:1:1ff:9::1').expect(429);
    await from(app, '2001:db8:2::1').expect(200);
  });

  it('count a person across addresses', async () => {
    const app = appWith({ perPerson: 1 });
    await from(app, '198.51.100.1').set('x-person', 'amina').expect(200);
    await from(app, '198.51.100.2').set('x-person', 'amina').expect(429);
    await from(app, '198.51.100.2').set('x-person', 'tomas').expect(200);
  });

  it('count sign-ins, and of requests for tokens only those that were refused', async () => {
    const app = appWith({ signIns: 1, wrongTokens: 1 });
    await from(app, '198.51.100.1', '/auth/login').expect(200);
    await from(app, '198.51.100.1', '/realms/govstack/login/x').expect(429);
    const token = (wrong: boolean): request.Test => {
      const asking = request(app).post('/realms/govstack/protocol/openid-connect/token');
      return wrong ? asking.set('x-wrong', 'yes') : asking;
    };
    for (let good = 0; good < 3; good += 1) await token(false).expect(200);
    await token(true).expect(400);
    await token(true).expect(429);
  });

  it('can be turned off, and scale with what SANDBOX_RATE_LIMIT says', async () => {
    const off = appWith(undefined);
    const { headers } = await from(off, '198.51.100.1').expect(200);
    expect(headers).not.toHaveProperty('ratelimit');
    expect(ratesFor(600)).toEqual({ perAddress: 600, perPerson: 300, signIns: 12, wrongTokens: 2 });
    expect(ratesFor(600_000).signIns).toBe(usualRates.signIns);
  });
});
