import type { BlockId } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';
import type { GeneratedRequest } from './make-request.js';

const CLIENT = 'eGovStack/GOV/90000009/digitalregistries';

function send(
  method: string,
  target: string,
  body?: Json,
  headers: Record<string, string> = {},
): GeneratedRequest {
  return {
    operationId: 'story',
    method,
    target,
    headers: {
      'information-mediator-client': CLIENT,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

const record = (content: Json): Json => ({ write: { content } });
const REGISTRY = '/data/registryname/111';
const SERVICE = '/services/6f1d1f3e-3a55-4a5b-9a3c-0c8f2b6f1a01';
const application: Json = {
  applicantId: 'amina',
  formData: { eFormId: 'usct-application', data: { region: 'hills', size: 4, dependants: 2 } },
};
const MEMBER = 'identifier/identifier/alp4aNum3r1c/alp4aNum3r1c';
const ROOM = `/r1/${MEMBER}`;
const asMember = { 'information-mediator-client': MEMBER };
const subscription = {
  srcServiceCode: 'person',
  srcOperationId: 'moved',
  dstServiceCode: 'clinic',
  dstOperationId: 'newAddress',
};
const site = 'https://clinic.example/alerts';

/**
 * Requests that are sent first, in order, for answers that chance would not reach. `{{name}}` stands for the last value
 * that an answer brought under this name.
 */
export const stories: Readonly<Partial<Record<BlockId, readonly GeneratedRequest[]>>> = {
  payments: ['activate', 'redeem', 'cancel'].map((command) =>
    send(command === 'activate' ? 'PUT' : 'POST', `/vouchers?command=${command}`, {}),
  ),
  'information-mediator': [
    send('GET', '/r1/listClients?instanceId=a&instanceId=b'),
    send('GET', `${ROOM}/listMethods`),
    send('GET', `/${MEMBER}/listMethods`),
    send(
      'POST',
      `${ROOM}/api/v1/eventType`,
      { eventType: 'person.moved', schema: { type: 'object' } },
      asMember,
    ),
    send('POST', `${ROOM}/subs`, { ...subscription, delivery: 'PULL' }, asMember),
    send('GET', `${ROOM}/subs`, undefined, asMember),
    send('GET', `${ROOM}/subs/{{id}}`, undefined, asMember),
    send('PATCH', `${ROOM}/subs/{{id}}`, { options: { TTL: 60, FIFO: true } }, asMember),
    send(
      'POST',
      `${ROOM}/pub/v1/person.moved`,
      { eventType: 'person.moved', event: { district: 'hills' } },
      asMember,
    ),
    send('GET', `${ROOM}/event/{{id}}`, undefined, asMember),
    send('GET', `${ROOM}/pull/person/moved`, undefined, asMember),
    send('GET', `${ROOM}/pull/person/moved/{{id}}`, undefined, asMember),
    send('DELETE', `${ROOM}/pull/person/moved/{{id}}`, undefined, asMember),
    send('DELETE', `${ROOM}/event/{{id}}`, undefined, asMember),
  ],
  'digital-registries': [
    send('POST', `${REGISTRY}/create`, record({ ID: 'STORY-1', FirstName: 'Nia' })),
    send('POST', `${REGISTRY}/create`, record({ ID: 'STORY-1', FirstName: 'Another' }), {
      'idempotency-key': 'story',
    }),
    send('GET', `${REGISTRY}?page=2&pageSize=2`),
    send('GET', '/data/MyPersonalDataUsage/1.0?userID=EE378129277266&DatabaseID=MCTS'),
    send('PUT', `${REGISTRY}/update`, {
      query: { content: { ID: 'STORY-1' } },
      write: { content: { FirstName: 'Eva' } },
    }),
    send('PUT', `${REGISTRY}/updateEntries`, {
      query: { content: { ID: 'STORY-1' } },
      write: { content: { FirstName: 'Ada' } },
    }),
    send('PUT', `${REGISTRY}/update-entries`, {
      query: { content: { ID: 'STORY-1' } },
      write: { content: { FirstName: 'Ola' } },
    }),
    send('POST', '/data/nowhere/1/read', { query: { content: { ID: 'x' } } }),
    send('DELETE', '/database/77'),
    send('GET', '/database/77'),
    send('DELETE', '/database/%20'),
    send('POST', '/database/modify', {
      groupName: 'Test',
      catalogName: 'Numbers',
      code: 'numbers',
      schema: { type: 'object', properties: { id: { type: 'integer', primaryKey: true } }, required: ['id'] },
    }),
    send('POST', '/data/numbers/1.0/create', record({ id: 5 })),
    send('GET', '/data/numbers/1.0'),
    send('POST', '/data/numbers/1.0/read', { query: { content: { id: 5 } } }),
  ],
  registration: [
    send('POST', `${SERVICE}/applications`, application),
    send('GET', '/applications/{{fileId}}'),
    send('GET', '/tasks'),
    send('GET', '/tasks/{{taskId}}'),
    send('PUT', '/applications/{{fileId}}', application),
    send('POST', '/tasks/{{taskId}}/complete', { data: { decision: 'approve' } }),
    send('POST', '/tasks/{{taskId}}/complete', { data: { decision: 'refuse' } }),
    send('PUT', '/applications/{{fileId}}', { applicantId: 'amina', status: { code: 'SENDBACK' } }),
    send('GET', '/services/nowhere/eForms'),
  ],
  workflow: [
    send('POST', '/processes', { name: 'Story', type: 'Public', version: '1' }),
    send('GET', '/processes/{{id}}'),
    send('PUT', '/processes/{{id}}', { description: 'A training process' }),
    send('PUT', '/processes/{{id}}', { name: 7 }),
    send('POST', '/processes/{{id}}/start', { processStartedBy: 'amina', InstanceValues: [] }),
    send('GET', '/instances/{{id}}'),
    send('POST', '/instances/{{id}}/stop'),
  ],
  scheduler: ['resource', 'subscriber'].flatMap((kind) => [
    send(
      'POST',
      `/${kind}/new?requestor_id=r&request_token=t&qry=${encodeURIComponent(JSON.stringify({ [`${kind}_details`]: { name: 'Clinic', alert_url: site, status_poll_url: site } }))}`,
    ),
    send('GET', `/${kind}/list_details?requestor_id=r&request_token=t&qry=%7B%7D`),
  ]),
};
