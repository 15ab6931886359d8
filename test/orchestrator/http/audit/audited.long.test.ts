import { describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import type { AuditNote, AuditScope } from '../../../../contracts/audit.js';
import { DEFAULT_WORKSPACE } from '../../../../contracts/ids.js';
import type { Principal } from '../../../../contracts/identity.js';
import { silentLogger } from '../../../../contracts/logger.js';
import { audited } from '../../../../orchestrator/http/audit/audited.js';
import { unsafeRouteOf } from '../../../../orchestrator/http/audit/route-of.js';
import { permissions, type Audience, type RouteName } from '../../../../orchestrator/http/permissions.js';
import { createBench } from '../api-bench.js';
import { somebody } from '../api-people.js';
import { samples } from '../api-routes.js';

interface Noted extends AuditNote {
  readonly scope: AuditScope;
}

function watched(record?: () => Promise<void>): { readonly app: Express; readonly notes: Noted[] } {
  const notes: Noted[] = [];
  const app = express();
  app.use(
    '/api/v1',
    audited({
      workspaceOf: () => DEFAULT_WORKSPACE,
      principalOf: (asked) =>
        (JSON.parse(asked.get('x-test-principal') ?? 'null') as Principal | null) ?? undefined,
      audit: {
        record: async (scope, note) => {
          await record?.();
          notes.push({ scope, ...note });
        },
      },
      logger: silentLogger,
      routeOf: ({ method, path }) => unsafeRouteOf(method, path),
    }),
  );
  app.use(createBench().app);
  return { app, notes };
}

function send(app: Express, name: RouteName, as?: Principal): request.Test {
  const [method = ''] = name.split(' ');
  const { path, body } = samples[name];
  const asking = request(app)[method.toLowerCase() as 'post'](`/api/v1${path}`);
  if (as !== undefined) void asking.set('x-test-principal', JSON.stringify(as));
  return body === undefined ? asking : asking.send(body);
}

function whoMay(audience: Audience): Principal {
  return somebody(typeof audience === 'string' ? 'citizen' : (audience[0] ?? 'citizen'));
}

const names = Object.keys(permissions) as RouteName[];
const unsafe = names.filter((name) => !name.startsWith('GET '));

describe('the audit of changes', () => {
  it('has something to watch', () => {
    expect(unsafe.length).toBeGreaterThan(35);
  });

  it.each(unsafe)('notes %s when it is done, and when it is refused', async (name) => {
    const { audience } = permissions[name];
    const { app, notes } = watched();
    const person = whoMay(audience);
    const done = await send(app, name, person);
    expect(done.status).toBe(samples[name].status);
    const { subject, username, roles } = person;
    expect(notes).toEqual([
      expect.objectContaining({
        action: name,
        outcome: done.status,
        who: { subject, username, roles: [...roles] },
      }),
    ]);
    if (audience === 'anybody') return;
    const refused = await send(app, name);
    expect(notes[1]).toMatchObject({ action: name, outcome: refused.status });
    expect(refused.status).toBe(401);
    expect(notes[1]).not.toHaveProperty('who');
  });

  it.each(names.filter((name) => name.startsWith('GET ') && !name.includes('stream')))(
    'does not note %s',
    async (name) => {
      const { app, notes } = watched();
      await send(app, name, whoMay(permissions[name].audience));
      expect(notes).toEqual([]);
    },
  );

  it('holds no body, no query, no token and no name of a document', async () => {
    const { app, notes } = watched();
    const person = somebody('trainer');
    const asked = request(app)
      .put('/api/v1/blocks/payments/state/accounts/2001000017?reason=Amina')
      .set('x-test-principal', JSON.stringify(person));
    await asked.send({ holder: 'Amina Haddad' });
    await request(app).post('/api/v1/callbacks/run-1/0123456789abcdef/done').send({ holder: 'Amina' });
    expect(notes).toHaveLength(2);
    expect(notes[0]?.on).toEqual({ id: 'payments', collection: 'accounts', doc: '***' });
    expect(notes[1]?.on).toEqual({ run: 'run-1', token: '***', name: 'done' });
    expect(JSON.stringify(notes)).not.toMatch(/Amina|2001000017|0123456789abcdef/);
  });

  it('names what was made', async () => {
    const { app, notes } = watched();
    await send(app, 'POST /cases', somebody('citizen'));
    expect(notes[0]?.on).toEqual({ made: expect.stringMatching(/^case-/) });
  });

  it('keeps what concerns another workspace where its trainer finds it', async () => {
    const { app, notes } = watched();
    const person = somebody('administrator');
    await send(app, 'POST /workspaces/:id/reset', person);
    await send(app, 'DELETE /workspaces/:id', person);
    await send(app, 'POST /workspaces', person);
    expect(notes.map(({ scope }) => scope)).toEqual([notes[0]?.on['id'], 'installation', 'installation']);
  });

  it('lets no answer leave before it is written down', async () => {
    const { app, notes } = watched(() => new Promise((resolve) => setImmediate(resolve)));
    await send(app, 'POST /cases', somebody('citizen'));
    expect(notes).toHaveLength(1);
  });

  it('answers 503 where it cannot be written down', async () => {
    const { app } = watched(() => Promise.reject(new Error('away')));
    const response = await send(app, 'POST /cases', somebody('citizen'));
    expect(response.status).toBe(503);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.headers).not.toHaveProperty('location');
    expect(response.body).toMatchObject({ code: 'GSB-STO-001', status: 503 });
  });
});
