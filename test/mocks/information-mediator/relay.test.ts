import { describe, expect, it } from '@jest/globals';
import { ConnectionLostError } from '../../../contracts/block.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { canonicalJson } from '../../../mocks/information-mediator/canonical-json.js';
import { sha256 } from '../../../mocks/information-mediator/hashes.js';
import { createFixture, OTHER, population, POPULATION, USCT } from './mediator-fixture.js';

const consent = { consentRecord: 'record-1', fields: ['firstName', 'lastName', 'child'] };

function withConsent(): ReturnType<typeof createFixture> {
  const fixture = createFixture();
  fixture.consents.set('ID-1', consent);
  return fixture;
}

describe('a mediated call', () => {
  it('is delivered with the caller under every header name and answered with X-Road headers', async () => {
    const fixture = withConsent();
    const response = await fixture.call({
      headers: {
        'x-sandbox-fields': 'firstName',
        connection: 'x-secret',
        'x-secret': '1',
        host: 'h',
        'x-road-id': 'mine',
      },
    });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ content: { firstName: 'Amina' } });
    expect(response.headers).toMatchObject({
      'x-road-client': USCT,
      'x-road-service': `${POPULATION}/population`,
      'x-road-id': 'mine',
    });
    expect(response.headers['x-road-request-hash']).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    // Only the mediator itself may say that an error is its own.
    expect(response.headers).not.toHaveProperty('x-road-error');
    expect(response.headers).not.toHaveProperty('connection');
    const [request] = fixture.delivered;
    expect(request?.path).toBe('/data/population/1.0/read');
    expect(request?.headers).toEqual({
      accept: 'application/json',
      'x-sandbox-fields': 'firstName',
      'x-road-id': 'mine',
      'x-govstack-client': USCT,
      'information-mediator-client': USCT,
      'x-road-client': USCT,
    });
  });

  it('does not let the caller say who it is by a header', async () => {
    const fixture = withConsent();
    await fixture.call({ headers: { 'x-sandbox-fields': 'firstName', 'X-Road-Client': OTHER } });
    expect(fixture.delivered[0]?.headers['x-road-client']).toBe(USCT);
    expect(fixture.delivered[0]?.headers).not.toHaveProperty('X-Road-Client');
  });

  it('is recorded with its basis, its origin and masked identifiers; the bodies lie apart', async () => {
    const fixture = createFixture();
    const origin = { runId: 'run-1', caseId: 'case-1', taskKey: '/do/0/x' };
    await fixture.call({ method: 'DELETE', path: '/population/1.0/NID%2042/delete' }, { origin });
    const [{ event, payload } = { event: undefined, payload: undefined }] = await fixture.exchanges();
    expect(event).toMatchObject({
      type: 'exchange',
      time: '2030-01-01T00:00:00.000Z',
      at: '2026-05-01T00:00:00.000Z',
      client: USCT,
      service: `${POPULATION}/population`,
      block: 'digital-registries',
      deliveredTo: 'mock',
      operationId: 'delete',
      method: 'DELETE',
      path: '/population/1.0/{id}/delete',
      status: 200,
      outcome: 'answered',
      basis: { kind: 'public-task', reference: 'Act, section 9' },
      origin,
    });
    expect(JSON.stringify(event)).not.toContain('42');
    expect(payload).toMatchObject({
      path: '/population/1.0/NID%2042/delete',
      query: {},
      requestBody: { query: { content: { individualId: 'ID-1' } } },
      responseBody: { content: { firstName: 'Amina' } },
    });
    const { path, query, requestBody, salt } = payload as Record<string, never>;
    expect(event?.requestHash).toBe(
      sha256(`${String(salt)}\n${canonicalJson({ body: requestBody, path, query })}`),
    );
  });

  it('is recorded as unreachable when the provider is lost, and the loss is passed on', async () => {
    const fixture = withConsent();
    const error = new ConnectionLostError('connection reset', false);
    fixture.answer = () => ({ kind: 'lost', deliveredTo: 'https://real.example', error });
    await expect(fixture.call({})).rejects.toBe(error);
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event).toMatchObject({
      outcome: 'unreachable',
      status: 0,
      deliveredTo: 'https://real.example',
      refusal: 'connection reset',
    });
  });

  it('counts as lost when its answer cannot be recorded', async () => {
    const fixture = withConsent();
    fixture.journal.append = () => Promise.reject(new Error('disk full'));
    await expect(fixture.call({})).rejects.toMatchObject({
      name: 'ConnectionLostError',
      beforeEffect: false,
    });
    expect(fixture.delivered).toHaveLength(1);
  });

  it.each(['while it is delivered', 'while its answer is recorded'])(
    'is no answer when a store is away %s: whoever called waits, and calls again',
    async (when) => {
      const fixture = withConsent();
      const away = new StoreUnavailableError('documents', { cause: new Error('ECONNREFUSED') });
      const { answer } = fixture;
      const append = fixture.journal.append.bind(fixture.journal);
      if (when === 'while it is delivered')
        fixture.answer = () => {
          throw away;
        };
      else fixture.journal.append = () => Promise.reject(away);
      await expect(fixture.call({})).rejects.toBe(away);
      expect(await fixture.exchanges()).toEqual([]);
      Object.assign(fixture, { answer });
      fixture.journal.append = append;
      expect((await fixture.call({})).status).toBe(200);
      expect((await fixture.exchanges()).map(({ event }) => event.outcome)).toEqual(['answered']);
    },
  );

  it('is no answer when its rights cannot be read because a store is away', async () => {
    const away = new StoreUnavailableError('documents', { cause: new Error('ECONNREFUSED') });
    const fixture = createFixture();
    fixture.consents.get = () => {
      throw away;
    };
    await expect(fixture.call({})).rejects.toBe(away);
    expect(fixture.delivered).toEqual([]);
  });
});

describe('access rights', () => {
  it.each([
    ['a malformed client', {}, { client: 'USCT' }, 400, 'Client.BadRequest'],
    ['an unknown member', {}, { client: 'SANDBOX/GOV/X/Y' }, 500, 'Server.ClientProxy.UnknownMember'],
    ['an unknown service', {}, { service: `${POPULATION}/other` }, 500, 'Server.ServerProxy.UnknownService'],
    ['a member without a right', {}, { client: POPULATION }, 403, 'Server.ServerProxy.AccessDenied'],
    [
      'an unknown operation',
      { path: '/population/1.0/nothing' },
      {},
      404,
      'Server.ServerProxy.UnknownOperation',
    ],
    ['another registry', { path: '/tax/1.0/read' }, {}, 404, 'Server.ServerProxy.UnknownOperation'],
    ['a path that climbs out', { path: '/population/../tax/1.0/read' }, {}, 400, 'Client.BadRequest'],
    [
      'a path that climbs out, encoded',
      { path: '/population/%2e%2e%2ftax/read' },
      {},
      400,
      'Client.BadRequest',
    ],
    ['broken encoding', { path: '/population/%zz/read' }, {}, 400, 'Client.BadRequest'],
  ])('refuse %s', async (_what, request, over, status, type) => {
    const fixture = withConsent();
    const response = await fixture.call(request, over);
    expect(response.status).toBe(status);
    expect(response.headers['x-road-error']).toBe(type);
    expect(response.body).toMatchObject({
      type,
      message: expect.any(String),
      detail: expect.stringMatching(/^uuid-/),
    });
    expect(fixture.delivered).toEqual([]);
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event).toMatchObject({ outcome: 'refused', status, deliveredTo: 'none' });
  });

  it('refuse an operation outside the base path or without the fixed parameter', async () => {
    const fixture = createFixture({
      population: {
        ...population,
        basePath: '/',
        access: [{ client: USCT, basis: { kind: 'not-personal' } }],
      },
    });
    const response = await fixture.call({ method: 'GET', path: '/databases' });
    expect(response.status).toBe(404);
    expect(fixture.delivered).toEqual([]);
  });

  it('take the first right that fits client and operation', async () => {
    const fixture = createFixture({
      population: {
        ...population,
        access: [
          { client: USCT, operations: ['delete'], basis: { kind: 'not-personal' } },
          { client: USCT, basis: { kind: 'public-task', reference: 'later' } },
        ],
      },
    });
    await fixture.call({ method: 'DELETE', path: '/population/1/a/delete' });
    await fixture.call({});
    const bases = (await fixture.exchanges()).map(({ event }) => event.basis);
    expect(bases).toEqual([{ kind: 'not-personal' }, { kind: 'public-task', reference: 'later' }]);
  });
});

describe('consent', () => {
  it('lets covered fields through and records which ones under which record', async () => {
    const fixture = withConsent();
    expect(
      (await fixture.call({ headers: { 'x-sandbox-fields': 'firstName, child.birthDate' } })).status,
    ).toBe(200);
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event.basis).toEqual({
      kind: 'consent',
      agreement: 'verification',
      consentRecord: 'record-1',
      fields: ['firstName', 'child.birthDate'],
    });
  });

  it('is asked for at the workspace time of each call, so that a withdrawal counts at once', async () => {
    const fixture = withConsent();
    expect((await fixture.call({})).status).toBe(200);
    fixture.consents.delete('ID-1');
    fixture.now = new Date('2030-06-01T00:00:00Z');
    const response = await fixture.call({});
    expect(response.status).toBe(403);
    expect(response.headers['x-road-error']).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
    expect(fixture.questions.map(({ at }) => at.toISOString())).toEqual([
      '2030-01-01T00:00:00.000Z',
      '2030-06-01T00:00:00.000Z',
    ]);
    expect(fixture.delivered).toHaveLength(1);
  });

  const body = (content: Record<string, never>): { body: { query: { content: Record<string, never> } } } => ({
    body: { query: { content } },
  });
  it.each([
    ['no fields are named', { headers: {} }, 'FieldsNotNamed'],
    ['all fields are asked for', { headers: { 'x-sandbox-fields': '*' } }, 'FieldsNotNamed'],
    ['a field is not covered', { headers: { 'x-sandbox-fields': 'firstName,income' } }, 'FieldNotCovered'],
    ['only a part of a name fits', { headers: { 'x-sandbox-fields': 'children' } }, 'FieldNotCovered'],
    ['nobody is named', body({}), 'NoSubject'],
    ['several people are named', body({ individualId: ['ID-1', 'ID-2'] as never }), 'NoSubject'],
    ['the body is no JSON', { body: 'individualId=ID-1' }, 'NoSubject'],
    ['somebody else is named', body({ individualId: 'ID-2' as never }), 'NoLiveConsent'],
  ])('refuses when %s', async (_what, request, reason) => {
    const fixture = withConsent();
    const response = await fixture.call(request);
    expect(response.status).toBe(403);
    expect(response.headers['x-road-error']).toBe(`Server.ServerProxy.AccessDenied.${reason}`);
    expect(fixture.delivered).toEqual([]);
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event).toMatchObject({ outcome: 'refused', operationId: 'read' });
    expect(JSON.stringify(exchange?.event)).not.toContain('ID-');
  });

  it('counts the field in the path as requested, whatever the header says', async () => {
    const fixture = withConsent();
    const read = (path: string): ReturnType<typeof fixture.call> =>
      fixture.call({ method: 'GET', path, headers: { 'x-sandbox-fields': 'firstName' } });
    expect((await read('/population/1.0/ID-1/readValue/income.json')).headers['x-road-error']).toBe(
      'Server.ServerProxy.AccessDenied.FieldNotCovered',
    );
    expect((await read('/population/1.0/ID%2D1/readValue/lastName.json')).status).toBe(200);
    expect(fixture.questions.map(({ subject }) => subject)).toEqual(['ID-1', 'ID-1']);
  });

  it('keeps what is no field name out of the public log', async () => {
    const fixture = withConsent();
    await fixture.call({ headers: { 'x-sandbox-fields': 'Amina Diallo 1990' } });
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event.outcome).toBe('refused');
    expect(JSON.stringify(exchange?.event)).not.toContain('Amina');
  });

  it('refuses nothing and delivers nothing when the consents cannot be asked', async () => {
    const fixture = withConsent();
    fixture.consents.get = () => {
      throw new Error('database down');
    };
    await expect(fixture.call({})).rejects.toMatchObject({ name: 'ConnectionLostError', beforeEffect: true });
    expect(fixture.delivered).toEqual([]);
  });
});

describe('the person a call is about', () => {
  it.each([
    ['let through', {}, 'answered'],
    ['refused for want of a right', { client: OTHER }, 'refused'],
    ['refused for want of a consent', {}, 'refused'],
  ])('is on record, by a key, when the call is %s', async (_what, over, outcome) => {
    const fixture = createFixture({
      population: {
        ...population,
        access: [
          ...population.access,
          { client: OTHER, operations: ['delete'], basis: { kind: 'not-personal' } },
        ],
      },
    });
    if (outcome === 'answered')
      fixture.consents.set('ID-1', { consentRecord: 'record-1', fields: ['firstName', 'lastName'] });
    await fixture.call({}, over);
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event).toMatchObject({
      outcome,
      subject: Buffer.from('default ID-1').toString('hex'),
      fields: ['firstName', 'lastName'],
    });
  });

  it('is nobody where no right says where a person stands', async () => {
    const fixture = createFixture();
    await fixture.call({ method: 'DELETE', path: '/population/1/ID-1/delete' });
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event).not.toHaveProperty('subject');
    expect(exchange?.event).not.toHaveProperty('fields');
  });

  it('shows nothing that is no field name', async () => {
    const fixture = createFixture();
    await fixture.call({ headers: { 'x-sandbox-fields': 'firstName, Amina Haddad was here' } });
    const [exchange] = await fixture.exchanges();
    expect(exchange?.event.fields).toEqual(['firstName', '(not a field name)']);
  });
});
