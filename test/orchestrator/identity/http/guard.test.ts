import { describe, expect, it } from '@jest/globals';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import request from 'supertest';

import { roles } from '../../../../contracts/identity.js';
import type { Principal, Role, TokenVerifier } from '../../../../contracts/identity.js';
import { SandboxError, toProblemDocument } from '../../../../contracts/problems.js';
import { createGuard } from '../../../../orchestrator/identity/http/guard.js';
import type { GuardOptions } from '../../../../orchestrator/identity/http/guard.js';

const principal = (role: Role): Principal => ({ subject: role, username: role, name: role, roles: [role] });

/** Takes `token-<role>`; anything else is refused. */
const verifier: TokenVerifier = {
  async verify(token) {
    const role = roles.find((known) => token === `token-${known}`);
    if (token === 'provider-is-down') throw new SandboxError('GSB-CFG-007', { detail: 'No keys.' });
    if (role === undefined) throw new SandboxError('GSB-AUT-001', { detail: 'Forged.' });
    return principal(role);
  },
};

const asProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof SandboxError)) {
    next(error);
    return;
  }
  response
    .status(error.status)
    .type('application/problem+json')
    .send(JSON.stringify(toProblemDocument(error)));
};

function appWith(sessionOf?: GuardOptions['sessionOf']): express.Express {
  const guard = createGuard({ verifier, ...(sessionOf && { sessionOf }) });
  const app = express();
  app.use(guard.authenticate, guard.authenticate);
  app.get('/open', (incoming, response) => {
    response.json({ who: guard.principalOf(incoming)?.username ?? null });
  });
  app.get('/anybody', guard.requireSignIn, (_incoming, response) => response.sendStatus(204));
  app.get('/inside', (incoming, response) => response.json(guard.requirePrincipal(incoming)));
  app.all('/pay', guard.requireRole('payments-maker', 'payments-checker'), (_incoming, response) =>
    response.sendStatus(204),
  );
  app.use(asProblem);
  return app;
}

describe('guard', () => {
  it.each([
    ['/anybody', undefined],
    ['/inside', undefined],
    ['/pay', undefined],
    ['/open', 'Bearer forged'],
    ['/open', 'Bearer '],
    ['/open', 'Basic YTpi'],
    ['/open', 'token-citizen'],
    ['/open', 'Bearer token-citizen token-administrator'],
  ])('answers %s with %s by 401, a challenge and a problem document', async (path, header) => {
    const call = request(appWith()).get(path);
    const response = await (header === undefined ? call : call.set('Authorization', header));
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="govstack"/);
    expect(response.headers['www-authenticate']?.includes('error="invalid_token"')).toBe(
      header !== undefined,
    );
    expect(response.type).toBe('application/problem+json');
    expect(JSON.parse(response.text)).toMatchObject({ code: 'GSB-AUT-001', status: 401 });
  });

  it('does not insist where nothing asks for it', async () => {
    expect((await request(appWith()).get('/open')).body).toEqual({ who: null });
    const known = await request(appWith()).get('/open').set('Authorization', 'bearer token-trainer');
    expect(known.body).toEqual({ who: 'trainer' });
  });

  it.each(roles)('lets %s through exactly when the role is named', async (role) => {
    const response = await request(appWith()).post('/pay').set('Authorization', `Bearer token-${role}`);
    const allowed = role === 'payments-maker' || role === 'payments-checker';
    expect(response.status).toBe(allowed ? 204 : 403);
    if (!allowed) {
      expect(JSON.parse(response.text)).toMatchObject({
        code: 'GSB-AUT-002',
        detail: 'This needs the role payments-maker or payments-checker.',
        requiredRoles: ['payments-maker', 'payments-checker'],
      });
    }
  });

  it('does not call a good token bad when the provider cannot be asked', async () => {
    const response = await request(appWith()).get('/open').set('Authorization', 'Bearer provider-is-down');
    expect(response.status).toBe(500);
    expect(response.headers['www-authenticate']).toBeUndefined();
    expect(JSON.parse(response.text)).toMatchObject({ code: 'GSB-CFG-007' });
  });

  describe('with a session', () => {
    const session = { principal: principal('payments-maker'), csrfToken: 'form-token', prolonged: false };
    const app = appWith(async (incoming) =>
      incoming.headers.cookie === 'sandbox_session=s' ? session : undefined,
    );
    const cookie = { Cookie: 'sandbox_session=s' };

    it.each(['get', 'head', 'options'] as const)('reads by %s without a form token', async (method) => {
      expect((await request(app)[method]('/pay').set(cookie)).status).toBe(204);
    });

    it.each(['post', 'put', 'patch', 'delete'] as const)('changes by %s only with it', async (method) => {
      expect((await request(app)[method]('/pay').set(cookie)).body).toMatchObject({ code: 'GSB-AUT-004' });
      expect((await request(app)[method]('/pay').set(cookie).set('X-CSRF-Token', 'form-tokem')).status).toBe(
        403,
      );
      expect((await request(app)[method]('/pay').set(cookie).set('X-CSRF-Token', 'form-token')).status).toBe(
        204,
      );
    });

    it('goes by the bearer token when there are both, and asks no form token then', async () => {
      const both = await request(app).post('/pay').set(cookie).set('Authorization', 'Bearer token-citizen');
      expect(JSON.parse(both.text)).toMatchObject({ code: 'GSB-AUT-002' });
      const forged = await request(app).post('/pay').set(cookie).set('Authorization', 'Bearer forged');
      expect(forged.status).toBe(401);
    });
  });

  it.each([
    '/open?auth_callback=1&code=x',
    '/open?auth_callback=1&code=x&state=y&session_state=z',
    '/open?access_token=token-administrator',
    '/open?__proto__[roles]=administrator',
  ])('is not moved by the address %s', async (path) => {
    const response = await request(appWith()).get(path);
    expect([response.status, response.body]).toEqual([200, { who: null }]);
  });
});
