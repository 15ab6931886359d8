import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import type { Principal } from '../../../contracts/identity.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import { silentLogger, type Logger } from '../../../contracts/logger.js';
import type { AuditLog } from '../../../contracts/audit.js';
import { createDrain, type Drain } from '../../../app/front-door/drain.js';
import { frontDoor } from '../../../app/front-door/front-door.js';
import { createCorrelation } from '../../../infra/correlation/async-correlation.js';
import { createPrometheusMetrics } from '../../../infra/metrics/prometheus.js';
import { createProblemHandler, notFound } from '../../../orchestrator/http/problem-handler.js';

interface Bench {
  readonly app: Express;
  readonly drain: Drain;
  readonly lines: object[];
}

function createBench({ token, handlers }: { token?: string; handlers?: (app: Express) => void } = {}): Bench {
  const lines: object[] = [];
  const logger: Logger = { ...silentLogger, info: (fields) => void lines.push(fields) };
  const correlation = createCorrelation();
  const drain = createDrain();
  const app = express();
  const operations = {
    correlation,
    newCorrelation: () => 'a'.repeat(32),
    metrics: createPrometheusMetrics(),
    metricsToken: token,
    drain,
    audit: {} as AuditLog,
    nameOf: (subject: string) => `hash of ${subject.length}`,
  };
  const principalOf = (): Principal => ({
    subject: 'subject-amina',
    username: 'amina',
    name: 'Amina',
    roles: ['citizen'],
  });
  app.use(frontDoor(operations, { logger, workspaceOf: () => DEFAULT_WORKSPACE, principalOf }));
  const api = express.Router();
  api.get('/cases/:id', (_request, response) => void response.json({ within: correlation.current() }));
  api.post('/cases', (_request, response) => void response.status(201).json({}));
  api.get('/stream', (_request, response) => {
    response.set('content-type', 'text/event-stream');
    response.write('data: {}\n\n');
  });
  app.use(['/api/v1', '/w/:workspace/api/v1'], api);
  app.post('/blocks/:block/pay', (_request, response) => void response.json({}));
  handlers?.(app);
  app.use(notFound);
  app.use(createProblemHandler(logger));
  return { app, drain, lines };
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('the correlation id', () => {
  it.each([
    ['x-correlation-id', 'order-7f3a.2026', 'order-7f3a.2026'],
    ['x-correlation-id', '0b7c7d7e-1c3f-4f5e-9c55-2f1f6d9a1111', '0b7c7d7e-1c3f-4f5e-9c55-2f1f6d9a1111'],
    ['traceparent', `00-${TRACE}-00f067aa0ba902b7-01`, TRACE],
    ['x-correlation-id', 'has a space', 'a'.repeat(32)],
    ['x-correlation-id', '+15550101999', 'a'.repeat(32)],
    ['x-correlation-id', 'call-15550101', 'a'.repeat(32)],
    ['x-correlation-id', 'x'.repeat(65), 'a'.repeat(32)],
    ['traceparent', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 'a'.repeat(32)],
    ['accept', '*/*', 'a'.repeat(32)],
  ])('of %s: %s is %s', async (name, value, expected) => {
    const { app, lines } = createBench();
    const response = await request(app).get('/api/v1/cases/case-1').set(name, value);
    expect(response.headers['x-correlation-id']).toBe(expected);
    expect(response.body).toEqual({ within: expected });
    expect(lines).toMatchObject([{ correlation: expected }]);
  });

  it('is in problem documents', async () => {
    const response = await request(createBench().app).get('/nowhere').set('x-correlation-id', 'order-7f3a');
    expect(response.body).toMatchObject({ code: 'GSB-REQ-002', correlation: 'order-7f3a' });
  });
});

describe('the line of a request', () => {
  it('names route, status and person without any identifier', async () => {
    const { app, lines } = createBench();
    await request(app).get('/w/ws-secret/api/v1/cases/case-17?text=Amina');
    await request(app).get('/blocks/payments/nobody/2001000017');
    expect(lines).toEqual([
      {
        correlation: 'a'.repeat(32),
        method: 'GET',
        route: '/w/:workspace/api/v1/cases/:id',
        status: 200,
        milliseconds: expect.any(Number),
        workspace: 'default',
        principal: 'hash of 13',
      },
      expect.objectContaining({ route: '/blocks/*', status: 404 }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/case-17|amina|ws-secret|2001000017/i);
  });

  it('measures by route pattern, whatever is asked for', async () => {
    const { app } = createBench();
    for (const path of ['/api/v1/cases/a', '/api/v1/cases/b', '/made/up/1', '/made/up/2', '/api/v1/no/1'])
      await request(app).get(path);
    const { text } = await request(app).get('/metrics').expect(200);
    const counts = text
      .split('\n')
      .filter((line) => /^sandbox_http_request_duration_seconds_count/.test(line));
    expect(counts.sort()).toEqual([
      'sandbox_http_request_duration_seconds_count{method="GET",route="/*",status="404"} 2',
      'sandbox_http_request_duration_seconds_count{method="GET",route="/api/v1/*",status="404"} 1',
      'sandbox_http_request_duration_seconds_count{method="GET",route="/api/v1/cases/:id",status="200"} 2',
    ]);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('process_cpu_seconds_total');
  });
});

describe('who may read the metrics', () => {
  const token = 'a-token-of-sixteen';
  it.each([
    ['this machine, without a token', undefined, {}, 200],
    ['whoever comes through a proxy, without a token', undefined, { 'x-forwarded-for': '203.0.113.7' }, 401],
    ['the token', token, { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' }, 200],
    ['another token', token, { authorization: 'Bearer something-else-here' }, 401],
    ['this machine, without the token that is wanted', token, {}, 401],
  ])('%s', async (_words, wanted, headers, status) => {
    const { app } = createBench(wanted === undefined ? {} : { token: wanted });
    const response = await request(app).get('/metrics').set(headers);
    expect(response.status).toBe(status);
  });
});

describe('the front door of a process that stops', () => {
  it('says so, refuses changes, and serves what is only read', async () => {
    const { app, drain } = createBench();
    drain.begin();
    const ready = await request(app).get('/ready').expect(503);
    expect(ready.body).toMatchObject({ status: 'stopping' });
    await request(app).get('/w/ws-1/ready').expect(503);
    const refused = await request(app).post('/api/v1/cases').send({}).expect(503);
    expect(refused.body).toMatchObject({ code: 'GSB-REQ-007' });
    expect(refused.headers).toMatchObject({ 'retry-after': '10', connection: 'close' });
    await request(app).get('/api/v1/cases/case-1').expect(200);
    // Steps in hand may still need a block.
    await request(app).post('/blocks/payments/pay').send({}).expect(200);
  });

  it('waits for open requests, not for event streams, and tells these to come again', async () => {
    let answer: () => void = () => undefined;
    const { app, drain } = createBench({
      handlers: (of) =>
        of.get('/slow', (_request, response) => {
          answer = () => void response.json({});
        }),
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const stream = await fetch(`http://127.0.0.1:${port}/api/v1/stream`);
    const slow = fetch(`http://127.0.0.1:${port}/slow`);
    // The handler of /slow has it when the same connection pool was served once more.
    await fetch(`http://127.0.0.1:${port}/api/v1/cases/case-1`);
    drain.begin();
    let over = false;
    const answered = drain.answered().then(() => {
      over = true;
    });
    await fetch(`http://127.0.0.1:${port}/api/v1/cases/case-1`);
    expect(over).toBe(false);
    answer();
    expect((await slow).status).toBe(200);
    await answered;
    drain.dismiss();
    expect(await stream.text()).toMatch(/data: \{\}\n\nretry: \d+\n: the sandbox is stopping\n\n$/);
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
});
