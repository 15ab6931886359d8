import type { Attestation, BlockResponse } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createConsentBlock } from '../../../mocks/consent/block.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { expectBody, stateSuite, type Call, type KeptThing } from '../state.suite.js';

const AGREEMENT = 'support';
const attestation: Attestation = {
  workspace: WORKSPACE,
  taskId: 'task-1',
  subject: 'subject-amina',
  roles: ['citizen'],
  person: 'person-amina',
  agreement: AGREEMENT,
  decision: 'granted',
  capacity: 'self',
  at: '2025-03-01T08:00:00.000Z',
};

/** The member of the answer, or undefined where this block says that it does not know the thing. */
function memberOf(answer: BlockResponse, member: string): JsonObject | undefined {
  if (answer.headers['x-sandbox-rule'] === 'unknown') return undefined;
  return expectBody<Record<string, JsonObject>>(answer)[member];
}

/** What the configuration offers for each of its things: create, read, list, and mostly update and delete. */
function configured(
  name: string,
  input: JsonObject,
  {
    member,
    list,
    listMember,
    change,
  }: { member: string; list: string; listMember: string; change?: JsonObject },
): KeptThing {
  const path = `/config/${name}/`;
  const found = async (call: Call, id: string): Promise<boolean> =>
    expectBody<Record<string, readonly JsonObject[]>>(await call('GET', list))[listMember]?.some(
      (entry) => entry.id === id,
    ) ?? false;
  const thing: KeptThing = {
    name: `a ${name}`,
    create: async (call) =>
      memberOf(await call('POST', path, { body: { [member]: input } }), member)?.id as string,
    read: async (call, id) => memberOf(await call('GET', `${path}${id}/`), member),
    created: input,
    list: found,
  };
  if (change === undefined) return thing;
  return {
    ...thing,
    update: {
      run: async (call, id) =>
        expectBody(await call('PUT', `${path}${id}/`, { body: { [member]: { ...input, ...change } } })),
      expected: change,
    },
    delete: async (call, id) => expectBody(await call('DELETE', `${path}${id}/`)),
  };
}

async function individual(call: Call): Promise<string> {
  const body = { individual: { externalId: 'person-amina', externalIdType: 'person-ref' } };
  return memberOf(await call('POST', '/service/individual/', { body }), 'individual')?.id as string;
}

stateSuite('consent', {
  create: createConsentBlock,
  deps: () => ({ attestations: { verify: async (jws) => (jws === 'own' ? attestation : undefined) } }),
  seeds: {
    dataAgreements: [
      {
        id: AGREEMENT,
        purpose: 'Support of households',
        attributes: [{ name: 'income' }],
        forgettable: true,
      },
    ],
  },
  things: [
    configured(
      'policy',
      { name: 'Privacy', version: '1', url: 'https://policy.example/', storageLocation: 'here' },
      {
        member: 'policy',
        list: '/config/policies/',
        listMember: 'policies',
        change: { version: '2', storageLocation: 'there' },
      },
    ),
    configured(
      'data-agreement',
      { purpose: 'Winter aid', lawfulBasis: 'consent' },
      {
        member: 'dataAgreement',
        list: '/config/data-agreements/',
        listMember: 'dataAgreement',
        change: { purpose: 'Winter aid for all' },
      },
    ),
    configured(
      'webhook',
      {
        payloadUrl: 'https://clinic.example/hook',
        contentType: 'application/json',
        disabled: false,
        secretKey: 'training-key',
      },
      { member: 'webhook', list: '/config/webhooks/', listMember: 'webhooks', change: { disabled: true } },
    ),
    configured(
      'individual',
      { externalId: 'person-tomas', externalIdType: 'person-ref' },
      { member: 'individual', list: '/config/individuals/', listMember: 'individuals' },
    ),
    {
      name: 'a consent record, signed and forgotten',
      create: async (call) => {
        const body = {
          consentRecord: {
            dataAgreement: { id: AGREEMENT },
            individual: { id: await individual(call) },
            optIn: true,
          },
          signature: { signature: 'own' },
        };
        const signed = await call('POST', '/service/individual/record/consent-record/', { body });
        return memberOf(signed, 'consentRecord')?.id as string;
      },
      read: async (call, id) =>
        memberOf(await call('GET', `/service/verification/consent-record/${id}/`), 'consentRecord'),
      created: { optIn: true, state: 'signed', live: true, fields: ['income'] },
      list: async (call, id) =>
        expectBody<{ consentRecords: readonly JsonObject[] }>(
          await call('GET', '/audit/consent-records/'),
        ).consentRecords.some((record) => record.id === id),
      update: {
        run: async (call, id) => {
          const body = { consentRecord: { optIn: false } };
          expectBody(await call('PUT', `/service/individual/record/consent-record/${id}/`, { body }));
        },
        expected: { optIn: false, live: false },
      },
      delete: async (call) => {
        const headers = { 'x-consentbb-individualid': await individual(call) };
        expectBody(await call('DELETE', '/service/individual/record/', { headers }));
      },
    },
  ],
});
