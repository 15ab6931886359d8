import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Express } from 'express';
import { roles, type Principal } from '../../../contracts/identity.js';
import { permissions, type RouteName } from '../../../orchestrator/http/permissions.js';
import { createBench } from './api-bench.js';
import { people, principal, somebody } from './api-people.js';
import { answerSchema, operations, violations } from './api-document.js';
import { samples } from './api-routes.js';

const documented = new Map(operations().map((operation) => [operation.route, operation]));
const routes = Object.keys(permissions) as RouteName[];
const problemType = /^application\/problem\+json/;

function send(
  app: Express,
  method: string,
  path: string,
  as?: Principal,
  body?: object | string,
): request.Test {
  const asking = request(app)[method.toLowerCase() as 'get' | 'post' | 'delete'](`/api/v1${path}`);
  if (as !== undefined) void asking.set('x-test-principal', JSON.stringify(as));
  if (typeof body === 'string') void asking.set('content-type', 'application/json').send(body);
  else if (body !== undefined) void asking.send(body);
  return asking;
}

const staysOpen = (route: RouteName): boolean => route.endsWith('/stream');

/** A stream stays open: only its head is looked at. */
function head(asking: request.Test, route: RouteName): request.Test {
  if (!staysOpen(route)) return asking;
  return asking.buffer(false).parse((response, done) => {
    // By types a superagent response, in fact the incoming message.
    (response as unknown as { destroy(): void }).destroy();
    done(null, '');
  });
}

/** The answer must be one that the document knows. */
function expectDocumented(route: RouteName, response: request.Response): void {
  const operation = documented.get(route);
  if (operation === undefined) throw new Error(`${route} is not in the document`);
  const schema = answerSchema(operation, response.status);
  if (schema === undefined)
    throw new Error(`${route} answered ${response.status}, which the document does not know`);
  if (schema === 'no-body' || staysOpen(route)) return;
  expect(response.headers['content-type']).toMatch(schema.type);
  // Bytes are no JSON.
  if (/gzip/.test(response.headers['content-type'] ?? '')) return;
  const body: unknown = schema.type === 'text/plain' ? response.text : response.body;
  expect(violations(schema.place, body)).toEqual([]);
}

describe('who may use which route', () => {
  it('has a sample for each route of the matrix', () => {
    expect(Object.keys(samples).sort()).toEqual([...routes].sort());
  });

  describe.each(routes)('%s', (route) => {
    const { audience } = permissions[route];
    const { path, body, status } = samples[route];
    const [method = ''] = route.split(' ');

    it(audience === 'anybody' ? 'needs no sign-in' : 'answers 401 to nobody', async () => {
      const { app, asked } = createBench();
      const response = await head(
        send(app, method, path, undefined, body),
        audience === 'anybody' ? route : 'GET /cases',
      );
      expect(response.status).toBe(audience === 'anybody' ? status : 401);
      if (audience !== 'anybody') {
        expect(response.headers['content-type']).toMatch(problemType);
        expect(response.headers['www-authenticate']).toMatch(/^Bearer /);
        expect(response.body).toMatchObject({ code: 'GSB-AUT-001', status: 401 });
        expect(asked).toEqual([]);
      }
      expectDocumented(route, response);
    });

    it.each(roles)('as %s', async (role) => {
      const { app, asked } = createBench();
      const mayAsk = typeof audience === 'string' || audience.some((one: string) => one === role);
      const asking = send(app, method, path, somebody(role), body);
      const response = await (mayAsk ? head(asking, route) : asking);
      expect(response.status).toBe(mayAsk ? status : 403);
      if (!mayAsk) {
        expect(response.headers['content-type']).toMatch(problemType);
        expect(response.body).toMatchObject({ code: 'GSB-AUT-002', status: 403 });
        expect(asked).toEqual([]);
      }
      expectDocumented(route, response);
    });
  });
});

describe('problems', () => {
  it('answers problem documents with code, fix and address for what is not there', async () => {
    const { app } = createBench();
    const { body, headers } = await send(app, 'GET', '/nothing/here?secret=1', people['amina']).expect(404);
    expect(headers['content-type']).toMatch(problemType);
    expect(body).toEqual({
      type: 'https://govstack-sandbox.invalid/errors#GSB-REQ-002',
      code: 'GSB-REQ-002',
      title: 'There is no such resource',
      status: 404,
      detail: 'There is nothing at GET /api/v1/nothing/here.',
      fix: 'Check the address and the identifier.',
    });
    await send(app, 'DELETE', '/cases/case-amina', somebody('administrator')).expect(404);
  });

  it('says that a body is not JSON', async () => {
    const { app, asked } = createBench();
    const { body } = await send(app, 'POST', '/cases', people['amina'], '{"useCase": ')
      .expect(400)
      .expect('content-type', problemType);
    expect(body).toMatchObject({ code: 'GSB-REQ-001', detail: 'The body is not valid JSON.' });
    expect(asked).toEqual([]);
  });

  it('tells nothing of its innards when it fails', async () => {
    const { app, ports } = createBench();
    (ports.clock as { read: unknown }).read = () => Promise.reject(new Error('password of the database'));
    const { body, text } = await send(app, 'GET', '/clock').expect(500).expect('content-type', problemType);
    expect(body).toMatchObject({ code: 'GSB-000', status: 500 });
    expect(text).not.toContain('password');
  });

  it.each([
    ['POST', '/cases', { useCase: 'usct', kind: 'application' }, ['/input']],
    ['POST', '/cases', { useCase: 'usct', kind: 7, input: {}, whatever: 1 }, ['/', '/kind']],
    ['POST', '/cases/case-amina/events', { type: 'anything' }, ['/type']],
    ['POST', '/tasks/task-amina/complete', {}, ['/data']],
    ['POST', '/tasks/task-amina/complete', { data: { decision: 'perhaps' } }, ['/decision']],
    ['POST', '/clock', { by: 'two months' }, undefined],
    ['POST', '/clock', { by: 'P2M', next: 'timer' }, undefined],
    ['POST', '/clock', undefined, undefined],
    ['POST', '/blocks/payments/faults', { kind: 'explosion', times: 0 }, ['/kind']],
    ['POST', '/blocks/payments/faults', { kind: 'error', status: 200, times: 0 }, ['/status', '/times']],
    ['POST', '/blocks/payments/faults', { kind: 'latency', median: 9 }, ['/p95']],
    ['GET', '/cases?limit=0', undefined, ['/limit']],
    ['GET', '/cases?block=bank&since=yesterday', undefined, ['/block', '/since']],
    ['GET', '/runs?state=gone&limit=501', undefined, ['/state', '/limit']],
    ['GET', '/tasks?role=king', undefined, ['/role']],
    ['GET', '/runs/run-amina/events?after=-1', undefined, ['/after']],
  ] as const)('names the fields of %s %s %j', async (method, path, sent, pointers) => {
    const { app, asked } = createBench();
    const as =
      path.startsWith('/clock') || path.startsWith('/blocks') ? somebody('trainer') : people['amina'];
    const { body } = await send(app, method, path, as, sent).expect(400).expect('content-type', problemType);
    expect(body.code).toBe('GSB-REQ-001');
    const named = (body.errors as { pointer: string; message: string }[]).map(({ pointer }) => pointer);
    if (pointers !== undefined) expect([...named].sort()).toEqual([...pointers].sort());
    for (const { pointer, message } of body.errors as { pointer: string; message: string }[]) {
      expect(body.detail).toContain(`${pointer}: ${message}`);
    }
    expect(asked.filter((one) => !one.startsWith('tasks.list'))).toEqual([]);
  });

  it.each([
    '/cases/no%20id',
    `/cases/${'x'.repeat(121)}`,
    '/cases/..%2Fother',
    '/cases/%E0%A4%A',
    '/runs/no%20id',
    '/runs/-dash/events',
    '/runs?case=no%20id',
    '/tasks/no%20id',
  ])('refuses the bad id in %s', async (path) => {
    const { app } = createBench();
    const { body } = await send(app, 'GET', path, people['amina']).expect('content-type', problemType);
    expect(body).toMatchObject({ code: 'GSB-REQ-001', status: 400 });
  });

  it('refuses a block that is none', async () => {
    const { app } = createBench();
    const { body } = await send(app, 'GET', '/blocks/bank/faults', somebody('trainer')).expect(400);
    expect(body.detail).toContain('The building block');
  });
});

describe('what a citizen sees', () => {
  const { amina, tomas } = people;

  it('is their own cases, whatever they ask for', async () => {
    const { app, asked } = createBench();
    const { body } = await send(app, 'GET', '/cases?person=person-tomas', amina).expect(200);
    expect((body.cases as { id: string }[]).map(({ id }) => id)).toEqual(['case-amina']);
    expect(asked[0]).toContain('"person":"person-amina"');
  });

  it('is nothing for a citizen without a person', async () => {
    const { app } = createBench();
    const { body } = await send(app, 'GET', '/cases', principal('stranger', ['citizen'])).expect(200);
    expect(body.cases).toEqual([]);
  });

  it.each([
    ['GET', '/cases/case-amina', undefined],
    ['POST', '/cases/case-amina/events', { type: 'org.govstack.case.note' }],
    ['GET', '/runs?case=case-amina', undefined],
    ['GET', '/runs/run-amina', undefined],
    ['GET', '/runs/run-amina/events', undefined],
    ['GET', '/runs/run-amina/cloudevents', undefined],
    ['GET', '/runs/run-amina/exchanges', undefined],
    ['GET', '/tasks/task-amina', undefined],
  ] as const)(
    'is answered as if it did not exist when it is somebody else’s: %s %s',
    async (method, path, body) => {
      const { app, asked } = createBench();
      const other = await send(app, method, path, tomas, body).expect(404);
      const missing = await send(app, method, path.replaceAll('amina', 'nobody'), tomas, body).expect(404);
      expect(JSON.parse(other.text.replaceAll('amina', 'nobody'))).toEqual(missing.body);
      expect(asked.filter((one) => one.startsWith('cases.publish'))).toEqual([]);
    },
  );

  it('holds no run of anybody else', async () => {
    const { app } = createBench();
    for (const path of ['/runs', '/runs?person=person-tomas']) {
      const { body } = await send(app, 'GET', path, amina).expect(200);
      expect((body.runs as { id: string }[]).map(({ id }) => id)).toEqual(['run-amina']);
    }
    const stranger = principal('stranger', ['citizen']);
    expect((await send(app, 'GET', '/runs', stranger).expect(200)).body).toEqual({ runs: [] });
    expect((await send(app, 'GET', '/runs', somebody('case-officer')).expect(200)).body.runs).toHaveLength(2);
  });

  it('does not include payloads of the journal, also when asked for', async () => {
    const { app } = createBench();
    for (const as of [amina, somebody('case-officer')]) {
      const { body } = await send(app, 'GET', '/runs/run-amina/events?payload=true', as).expect(200);
      expect(body.events[0]).not.toHaveProperty('payload');
    }
    const trainer = somebody('trainer');
    expect((await send(app, 'GET', '/runs/run-amina/events', trainer)).body.events[0]).not.toHaveProperty(
      'payload',
    );
    const { body } = await send(app, 'GET', '/runs/run-amina/events?payload=true&after=4', trainer).expect(
      200,
    );
    expect(body.events).toEqual([expect.objectContaining({ seq: 5, payload: { input: 'personal' } })]);
  });

  it('never includes the attestation of a completed task', async () => {
    const { app } = createBench();
    for (const [method, path, body] of [
      ['GET', '/tasks', undefined],
      ['GET', '/tasks/task-amina', undefined],
      ['POST', '/tasks/task-amina/claim', undefined],
      ['POST', '/tasks/task-amina/complete', { data: { decision: 'granted' } }],
    ] as const) {
      const { text } = await send(app, method, path, amina, body).expect(200);
      expect(text).toContain('task-amina');
      expect(text).not.toContain('a-secret-attestation');
    }
  });
});

describe('the texts of a use case', () => {
  const languagesOf = async (query: string): Promise<string[]> => {
    const { body } = await send(createBench().app, 'GET', `/use-cases/usct${query}`).expect(200);
    return Object.keys((body as { locales: object }).locales);
  };

  it('come in all languages, or for a reader of one, with English for what it lacks', async () => {
    expect(await languagesOf('')).toEqual(['en', 'fr', 'ar']);
    expect(await languagesOf('?language=fr')).toEqual(['en', 'fr']);
    expect(await languagesOf('?language=sw')).toEqual(['en']);
  });
});

describe('what is handed on', () => {
  it('opens a case in the name of whoever asks, and says where it is', async () => {
    const { app, asked } = createBench();
    const sent = { useCase: 'usct', kind: 'application', input: { channel: 'citizen' } };
    const response = await send(app, 'POST', '/cases', people['amina'], sent).expect(201);
    expect(response.headers['location']).toBe('/api/v1/cases/case-amina');
    expect(asked).toEqual(['cases.open application amina {"channel":"citizen"}']);
  });

  it('sends an event to an open case, and refuses it for a closed one', async () => {
    const { app, asked } = createBench();
    const body = { type: 'org.govstack.case.note-added', data: { note: 'here' } };
    expect(
      (await send(app, 'POST', '/cases/case-amina/events', people['amina'], body).expect(202)).body,
    ).toEqual({ id: 'event-1', reached: 1 });
    expect(asked[0]).toMatch(/^cases\.publish case-amina .*"type":"org\.govstack\.case\.note-added"/);
    const refused = await send(app, 'POST', '/cases/case-tomas/events', people['tomas'], body).expect(409);
    expect(refused.body).toMatchObject({ code: 'GSB-REQ-003', detail: 'Case USCT-A-000002 is closed.' });
  });

  it.each([
    [{ by: 'P2M' }, '{"kind":"by","duration":"P2M"}'],
    [{ to: '2026-03-01T08:00:00Z' }, '{"kind":"to","instant":"2026-03-01T08:00:00Z"}'],
    [{ next: 'timer' }, '{"kind":"next-timer"}'],
    [{ next: true }, '{"kind":"next-timer"}'],
    [{ freeze: true }, '{"kind":"freeze"}'],
    [{ unfreeze: true }, '{"kind":"unfreeze"}'],
  ])('moves the clock by %j', async (body, move) => {
    const { app, asked } = createBench();
    await send(app, 'POST', '/clock', somebody('trainer'), body).expect(200);
    expect(asked).toEqual([`clock.change ${move} some-trainer`]);
  });

  it.each(['[', '{"a":'])('refuses a body that is nested without end: %s', async (part) => {
    const { app } = createBench();
    const end = part === '[' ? ']' : '}';
    const deep = `{"data":${part.repeat(20_000)}1${end.repeat(20_000)}}`;
    const { body } = await send(app, 'POST', '/tasks/task-amina/complete', people['amina'], deep).expect(400);
    expect(body).toMatchObject({ code: 'GSB-REQ-001' });
  });

  it('hands on what runs are searched by, days as instants', async () => {
    const { app, asked } = createBench();
    const query = 'workflow=application&state=waiting&block=payments&since=2026-01-05&limit=7&after=x';
    await send(app, 'GET', `/runs?${query}`, somebody('trainer')).expect(200);
    expect(JSON.parse(asked[0]!.replace('runs.list ', ''))).toEqual({
      workflow: 'application',
      state: 'waiting',
      block: 'payments',
      since: '2026-01-05T00:00:00.000Z',
      limit: 7,
      after: 'x',
    });
  });

  it('runs a run again, and says where the new one is', async () => {
    const { app, asked } = createBench();
    const body = { from: '/do/3/send', input: { amount: 1 }, workflowVersion: '1.1.0' };
    const response = await send(app, 'POST', '/runs/run-amina/rerun', somebody('developer'), body).expect(
      201,
    );
    expect(response.headers['location']).toBe('/api/v1/runs/run-again');
    expect(asked[0]).toBe(`runs.rerun run-amina ${JSON.stringify(body)}`);
    await send(app, 'POST', '/runs/run-amina/rerun', somebody('developer'), { from: 'send' }).expect(400);
  });

  it('tries a run again, wherever it failed or only there', async () => {
    const { app, asked } = createBench();
    await send(app, 'POST', '/runs/run-amina/retry', somebody('trainer')).expect(202);
    await send(app, 'POST', '/runs/run-amina/retry', somebody('trainer'), { from: '/do/3/send' }).expect(202);
    expect(asked).toEqual([
      'runs.retry run-amina where it failed some-trainer',
      'runs.retry run-amina /do/3/send some-trainer',
    ]);
  });

  it('starts a workflow by its name, and says where its run is', async () => {
    const { app, asked } = createBench();
    const body = { useCase: 'usct', workflow: 'application', version: '1.0.0', input: { n: 1 } };
    const response = await send(app, 'POST', '/runs', somebody('developer'), body).expect(201);
    expect(response.headers['location']).toBe('/api/v1/runs/run-amina');
    expect(asked).toEqual(['runs.start application some-developer {"n":1}']);
  });

  it('switches a fault on for the block of the address', async () => {
    const { app, asked } = createBench();
    const fault = { kind: 'error', operationId: 'handOverBatch', status: 503, times: 2 };
    const { body } = await send(app, 'POST', '/blocks/payments/faults', somebody('trainer'), fault).expect(
      201,
    );
    expect(body.fault).toEqual({ ...fault, block: 'payments', id: 'fault-2', seen: 0, hits: 0 });
    expect(JSON.parse(asked[0]!.replace('faults.add payments ', ''))).toEqual(fault);
  });

  it('takes a callback from whoever knows the address', async () => {
    const { app, asked } = createBench();
    await send(app, 'POST', '/callbacks/run-amina/a-token/batch-status', undefined, {
      batchId: 'B-1',
    }).expect(202);
    expect(asked).toEqual(['runs.callback run-amina a-token batch-status {"batchId":"B-1"}']);
  });

  it('offers the personas without what only the realm needs', async () => {
    const { app } = createBench();
    const { body } = await send(app, 'GET', '/personas').expect(200);
    expect(Object.keys(body.personas[0] as object).sort()).toEqual([
      'id',
      'name',
      'roles',
      'story',
      'title',
      'username',
    ]);
  });
});
