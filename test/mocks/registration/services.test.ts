import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../contracts/json.js';
import {
  bodyOf,
  CLOSED,
  messageOf,
  seeds,
  SERVICE,
  startRegistration,
  UNKNOWN,
} from './registration-setup.js';

describe('services and e-forms', () => {
  it('are listed, all or by name', async () => {
    const { send } = await startRegistration();
    const all = bodyOf<{ id: string }[]>(await send('GET', '/services'));
    expect(all.map(({ id }) => id).sort()).toEqual([CLOSED, SERVICE]);
    const some = await send('GET', '/services', { query: { name: 'HOUSE' } });
    expect(some.body).toEqual([
      {
        id: SERVICE,
        name: 'Household support',
        version: '1',
        type: 'Public',
        isExecutable: true,
        isClosed: false,
        description: 'Cash for households',
        serviceBody: [],
      },
    ]);
    expect((await send('GET', '/services', { query: { name: 'fishing' } })).body).toEqual([]);
  });

  it('are shown one by one', async () => {
    const { send } = await startRegistration();
    expect((await send('GET', `/services/${SERVICE}`)).body).toMatchObject({ id: SERVICE });
    expect((await send('GET', `/services/${SERVICE.toUpperCase()}`)).body).toMatchObject({ id: SERVICE });
    const missing = await send('GET', `/services/${UNKNOWN}`);
    expect(missing).toMatchObject({ status: 404, body: { code: 'GSB-REQ-002' } });
    expect(messageOf(missing)).toContain(UNKNOWN);
    expect((await send('GET', '/services/not-a-uuid')).status).toBe(400);
  });

  it('have forms, listed without schema and shown with it', async () => {
    const { send } = await startRegistration();
    const item = {
      eFormId: 'household-form',
      name: 'Household',
      description: 'Who lives together',
      version: '1',
      latest: true,
    };
    expect((await send('GET', `/services/${SERVICE}/eForms`)).body).toEqual([item]);
    expect((await send('GET', `/services/${CLOSED}/eForms`)).body).toEqual([]);
    expect((await send('GET', `/services/${UNKNOWN}/eForms`)).status).toBe(404);
    expect((await send('GET', '/eForms/household-form')).body).toEqual({
      ...item,
      schema: seeds.eForms?.[0]?.schema,
    });
    expect((await send('GET', '/eForms/none')).status).toBe(404);
  });
});

describe('seeds', () => {
  it.each<[string, readonly JsonObject[], readonly JsonObject[], RegExp]>([
    ['a service without a UUID', [{ id: 'x', name: 'A' }], [], /services\[0\].*UUID/s],
    ['a form that is missing', [{ id: SERVICE, name: 'A', eForms: ['b'] }], [], /services\[0\].*names b/],
    [
      'a service twice',
      [
        { id: SERVICE, name: 'A' },
        { id: SERVICE, name: 'B' },
      ],
      [],
      /services\[1\].*twice/,
    ],
    [
      'a schema that does not compile',
      [],
      [{ eFormId: 'a', name: 'A', schema: { type: 'nonsense' } }],
      /eForms\[0\].*type/s,
    ],
    [
      'a form twice',
      [],
      [
        { eFormId: 'a', name: 'A', schema: {} },
        { eFormId: 'a', name: 'A', schema: {} },
      ],
      /eForms\[1\].*twice/,
    ],
  ])('name the entry at fault: %s', async (_what, services, eForms, message) => {
    await expect(startRegistration({ services, eForms })).rejects.toThrow(message);
  });

  it('put everything back at a reset', async () => {
    const { block, send, submit } = await startRegistration();
    await submit('citizen-1');
    await block.reset('test' as never, {});
    expect((await send('GET', '/services')).body).toEqual([]);
    expect((await send('GET', '/applications')).body).toEqual([]);
    expect((await send('GET', '/tasks')).body).toEqual([]);
  });
});
