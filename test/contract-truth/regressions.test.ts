import { describe, expect, it } from '@jest/globals';
import type { Block, BlockDeps, BlockRequest, BlockResponse } from '../../contracts/block.js';
import type { Json } from '../../contracts/json.js';
import { createConsentBlock } from '../../mocks/consent/block.js';
import { createIdentityBlock } from '../../mocks/identity/block.js';
import { createDigitalRegistriesBlock } from '../../mocks/digital-registries/block.js';
import { refusalResponse } from '../../mocks/information-mediator/refusal.js';
import { parseQuery } from '../../mocks/kit/query-string.js';
import { DEEPEST_NESTING } from '../../mocks/kit/nesting.js';
import { createPaymentsBlock } from '../../mocks/payments/block.js';
import { createRegistrationBlock } from '../../mocks/registration/block.js';
import { createSchedulerBlock } from '../../mocks/scheduler/block.js';
import { testDeps, WORKSPACE } from '../mocks/kit/test-deps.js';

/** Defects that generated requests found. */

async function open(
  create: (deps: BlockDeps) => Block,
): Promise<(request: string, body?: Json, headers?: Record<string, string>) => Promise<BlockResponse>> {
  const block = create(testDeps().deps);
  await block.reset(WORKSPACE, {});
  return (request, body, headers = {}) => {
    const [method, target = ''] = request.split(' ');
    const [path = '', query = ''] = target.split('?');
    return block.handle(WORKSPACE, {
      method: method as BlockRequest['method'],
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers,
      ...(body === undefined ? {} : { body }),
    });
  };
}

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const rule = ({ status, headers }: BlockResponse): unknown[] => [status, headers['x-sandbox-rule']];

describe('a defect that generated requests found', () => {
  it('an identifier that no store takes does not stand in the way of what comes after it', async () => {
    const send = await open(createPaymentsBlock);
    const register = (payeeIdentity: string): Promise<BlockResponse> =>
      send(
        'POST /identityAccountMapper/beneficiary',
        {
          RequestID: 'REQ000000001',
          Beneficiaries: [{ payeeIdentity, PaymentModality: '01', FinancialAddress: '251900000001' }],
        },
        {
          'x-callback-url': 'https://ministry.example/done',
          'x-registering-institution-id': 'MSW',
          'idempotency-key': payeeIdentity,
        },
      );
    const refused = await register('\u0000');
    expect(rule(refused)).toEqual([400, 'refused:GSB-REQ-001']);
    expect(refused.body).toMatchObject({
      ResponseDescription: expect.stringContaining('cannot be an identifier'),
    });
    expect((await register('PAYEE-1')).status).toBe(200);
  });

  it('a body that is nested too deep is refused, also where none is asked for', async () => {
    const registries = await open(createDigitalRegistriesBlock);
    const client = { 'information-mediator-client': 'a/b/c/d' };
    const update = (depth: number): Promise<BlockResponse> =>
      registries(
        'PUT /data/x/1/update',
        { write: { content: { name: nested(depth) } } },
        { ...client, 'idempotency-key': 'k' },
      );
    expect(rule(await update(20_000))).toEqual([400, 'invalid-request']);
    expect((await update(DEEPEST_NESTING / 2)).status).toBe(404);
    const scheduler = await open(createSchedulerBlock);
    const asked = 'POST /event/new?requestor_id=r&request_token=t&qry=';
    expect(rule(await scheduler(`${asked}{}`, nested(20_000), { 'idempotency-key': 'k' }))).toEqual([
      400,
      'invalid-request',
    ]);
    const deep = `{"details":{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`;
    expect(rule(await scheduler(asked + encodeURIComponent(deep)))).toEqual([400, 'refused:GSB-REQ-001']);
  });

  it('consent names the rule in the body of every refusal', async () => {
    const send = await open(createConsentBlock);
    const refused = await send('POST /service/individual/', {});
    expect(refused).toMatchObject({ status: 400, body: { rule: 'invalid-request' } });
  });

  it('a life cycle that the official document does not know is not taken in', async () => {
    const send = await open(createConsentBlock);
    const create = (lifecycle: Json): Promise<BlockResponse> =>
      send('POST /config/data-agreement/', {
        dataAgreement: { purpose: 'Training', lawfulBasis: 'consent', lifecycle },
      });
    expect((await create({})).status).toBe(400);
    expect((await create({ id: '1', name: 'complete' })).status).toBe(200);
  });

  it('an attribute without a name, and a number of days that no calendar has, are refused', async () => {
    const send = await open(createConsentBlock);
    const agreement = (days: object): Json => ({
      dataAgreement: { version: '1', purpose: 'Test', lawfulBasis: 'consent', dpia: 'none', ...days },
    });
    for (const days of [
      { attributes: [{ name: '' }] },
      { consentValidDays: 1e300 },
      {
        policy: {
          id: 'p',
          name: 'P',
          version: '1',
          url: 'https://p.example/',
          dataRetentionPeriodDays: 2 ** 60,
        },
      },
    ])
      expect(rule(await send('POST /config/data-agreement/', agreement(days)))).toEqual([
        400,
        'invalid-request',
      ]);
    expect(
      (await send('POST /config/data-agreement/', agreement({ consentValidDays: 1_000_000 }))).status,
    ).toBe(200);
  });

  it('an address of the scheduler is an address, as its document says', async () => {
    const send = await open(createSchedulerBlock);
    const create = (alert_url: string): Promise<BlockResponse> =>
      send(
        `POST /resource/new?requestor_id=r&request_token=t&qry=${encodeURIComponent(JSON.stringify({ resource_details: { name: 'Clinic', alert_url } }))}`,
      );
    expect((await create('nowhere')).status).toBe(400);
    expect((await create('http://localhost:4000/alerts')).status).toBe(200);
  });

  it('a registry whose fields no official answer can show is not made', async () => {
    const send = await open(createDigitalRegistriesBlock);
    const modify = (type: Json, primaryKey: Json = true): Promise<BlockResponse> =>
      send(
        'POST /database/modify',
        { code: 'x', schema: { type: 'object', properties: { ID: { type, primaryKey } } } },
        { 'information-mediator-client': 'a/b/c/d' },
      );
    expect((await modify(['string', 'null'])).status).toBe(400);
    expect((await modify('string', 'yes')).status).toBe(400);
    expect((await modify('string')).status).toBe(200);
  });

  it('what is refused before an operation has the shape that its document declares', async () => {
    const send = await open(createRegistrationBlock);
    const refused = await send(`GET /documents/${'x'.repeat(2_000)}`);
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'GSB-REQ-001', message: expect.any(String) },
    });
  });

  it('a parameter that is named like what every object has is read as it was given', () => {
    expect(parseQuery('constructor=a&toString=b&toString=c')).toEqual({
      constructor: 'a',
      toString: ['b', 'c'],
    });
  });

  it('an identifier that no store takes is told as identity tells what is not valid', async () => {
    const send = await open((deps) => createIdentityBlock(deps));
    const refused = await send('PUT /enrollment', {
      request: { id: '\u0000', process: 'NEW', source: 'REGISTRATION' },
    });
    expect(rule(refused)).toEqual([200, 'invalid-request']);
    expect(refused.body).toMatchObject({ errors: [{ errorCode: 'invalid_request' }] });
  });

  it('what a card is refused with is a text, as its document says', async () => {
    const send = await open((deps) => createIdentityBlock(deps));
    const refused = await send('POST /download/personalized-card');
    expect(refused).toMatchObject({ status: 400, headers: { 'content-type': 'application/json' } });
    expect(refused.body).toEqual(expect.stringContaining('body'));
  });

  it('the mediator names the rule of what it refuses', () => {
    const { headers } = refusalResponse({ type: 'Client.BadRequest', message: 'no' }, 'id');
    expect(headers['x-sandbox-rule']).toBe('mediator:Client.BadRequest');
  });
});
