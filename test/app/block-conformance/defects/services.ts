import { textOf, type Json } from '../../../../contracts/json.js';
import {
  accepts,
  after,
  answers,
  bodies,
  bodyOf,
  forgets,
  json,
  requests,
  withoutHeader,
  withoutQuery,
  oneTenantForAll,
  type Defect,
} from './defect.js';

const of =
  (block: Defect['block']) =>
  (name: string, seenBy: string, twist: Defect['twist']): Defect => ({ block, name, seenBy, twist });
const registration = of('registration');
const scheduler = of('scheduler');
const mediator = of('information-mediator');

export const registrationDefects: readonly Defect[] = [
  registration(
    'a decision does not reach the application',
    'scenario/application-life',
    bodies('GET /applications/*', 'code', () => 'PENDING'),
  ),
  registration(
    'applications of everybody are listed',
    'scenario/application-life',
    withoutQuery('GET /applications', 'applicantId'),
  ),
  registration(
    'form data of any kind is taken',
    'scenario/refused-data',
    accepts('POST /services/*/applications', { serviceId: 'f6a1d8a2-52d0-4f4e-9a0e-3c1f0c0a7b11' }),
  ),
  registration(
    'a change replaces instead of merging',
    'scenario/application-life',
    after(
      'PUT /applications/*',
      bodies('GET /applications/*', 'householdSize', () => undefined),
    ),
  ),
  registration(
    'a completed task stays open',
    'scenario/application-life',
    answers('GET /tasks', (answer) => ({
      ...answer,
      body: (answer.body as Json[]).length === 0 ? [{ taskId: 't' }] : (answer.body ?? null),
    })),
  ),
  registration(
    'a task can be completed again',
    'scenario/application-life',
    accepts('POST /tasks/*/complete', {}),
  ),
  registration(
    'rejections are not counted',
    'scenario/statistics',
    bodies('GET /data/statistics', 'rejected', () => 0),
  ),
  registration(
    'figures ignore their dates',
    'scenario/statistics',
    withoutQuery('GET /data/statistics', 'endDate'),
  ),
  registration(
    'pages are as long as they like',
    'scenario/list-paging',
    withoutQuery('GET /applications', 'maxResult'),
  ),
  registration(
    'pages all begin at the start',
    'scenario/list-paging',
    withoutQuery('GET /applications', 'firstResult'),
  ),
  registration(
    'an unknown service is found',
    'scenario/services',
    accepts('GET /services/*', {
      id: 'f6a1d8a2-52d0-4f4e-9a0e-3c1f0c0a7b11',
      name: 'x',
      type: 'Public',
      version: '1',
    }),
  ),
  registration(
    'services of every name are listed',
    'scenario/services',
    withoutQuery('GET /services', 'name'),
  ),
  registration(
    'a refusal has another shape',
    'submitApplication/missing',
    answers('POST /services/*/applications', (answer) =>
      answer.status === 400 ? json(400, { code: 7, message: ['no'] }) : answer,
    ),
  ),
  registration(
    'dates are not dates',
    'getApplicationFileById/answer',
    bodies('GET /applications/*', 'registered', () => 'yesterday'),
  ),
  registration(
    'attachments are mixed up',
    'scenario/documents',
    bodies('GET /documents/*', 'file', () => ['QQ==']),
  ),
  registration(
    'the Idempotency-Key is ignored',
    'scenario/idempotency-key',
    withoutHeader('POST /services/*/applications', 'idempotency-key'),
  ),
  registration('one tenant sees the applications of another', 'scenario/tenants', oneTenantForAll),
  registration(
    'what is sent back never returns',
    'scenario/send-back',
    forgets('POST /tasks/*/complete', json(200, {})),
  ),
];

export const schedulerDefects: readonly Defect[] = [
  scheduler('a deletion keeps the event', 'scenario/event-life', forgets('DELETE /event', json(200))),
  scheduler(
    'filters are ignored',
    'scenario/entity-life',
    requests('GET /entity/list_details', (request) => ({
      ...request,
      query: { ...request.query, qry: '{}' },
    })),
  ),
  scheduler(
    'a change drops what it does not name',
    'scenario/resource-life',
    after(
      'PUT /resource/modifications',
      bodies('GET /resource/list_details', 'name', () => undefined),
    ),
  ),
  scheduler(
    'an identifier comes without its name',
    'eventNew/answer',
    answers('POST /event/new', (answer) =>
      answer.status === 200 ? { ...answer, body: textOf(answer.body).split(':')[1] ?? '' } : answer,
    ),
  ),
  scheduler(
    'a list is not in a list',
    'subscriberList/answer',
    answers('GET /subscriber/list_details', (answer) =>
      answer.status === 200 ? { ...answer, body: [{ subscriber_id: 'x', details: {} }] } : answer,
    ),
  ),
  scheduler('an alert never rings', 'scenario/alert', { callbacks: () => () => undefined }),
  scheduler('an alert rings twice', 'callbacks-once', {
    callbacks: (right) => (callback) => {
      right(callback);
      right(callback);
    },
  }),
  scheduler('an alert says something else', 'scenario/alert', {
    callbacks: (right) => (callback) => {
      right({ ...callback, body: { message: 'Hello' } });
    },
  }),
  scheduler(
    'references to nothing are taken',
    'scenario/unknown-references',
    accepts('POST /appointment/new', 'appointment_id:1'),
  ),
  scheduler(
    'everybody is always free',
    'scenario/availability',
    bodies('GET /resource/availability', 'free_slots', () => ['2090-03-01T08:00:00Zto2090-03-01T12:00:00Z']),
  ),
  scheduler(
    'only the first slot becomes an event',
    'scenario/events-of-slots',
    answers('POST /event/new', (answer) => ({ ...answer, body: textOf(answer.body).split(',')[0] ?? '' })),
  ),
  scheduler(
    'all details are shown, whatever is asked for',
    'scenario/events-of-slots',
    requests('GET /event/list_details', (request) => ({
      ...request,
      query: {
        ...request.query,
        qry: String(request.query.qry ?? '{}').replace(/,"event_details_required":\{[^}]*\}/, ''),
      },
    })),
  ),
  scheduler('details may be missing', 'scenario/log-refusals', accepts('POST /log/new', 'log_id:1')),
  scheduler(
    'deleting what never was succeeds',
    'scenario/message-refusals',
    accepts('DELETE /message', 'ok'),
  ),
  scheduler('nobody need say who asks', 'eventList/missing', accepts('GET /event/list_details', [[]])),
  scheduler(
    'the Idempotency-Key is ignored',
    'scenario/idempotency-key',
    withoutHeader('POST /event/new', 'idempotency-key'),
  ),
  scheduler('one tenant sees what another keeps', 'scenario/tenants', oneTenantForAll),
];

export const mediatorDefects: readonly Defect[] = [
  mediator(
    'services are shown to those who may not use them',
    'scenario/directory',
    requests('GET /r1/*/allowedMethods', (request) => ({
      ...request,
      path: request.path.replace('allowedMethods', 'listMethods'),
    })),
  ),
  mediator(
    'members of every instance are listed',
    'scenario/directory',
    withoutQuery('GET /listClients', 'instanceId'),
  ),
  mediator(
    'an unknown member has services',
    'scenario/directory',
    accepts('GET /r1/*/listMethods', { member: [] }),
  ),
  mediator(
    'the caller has one name only',
    'scenario/caller-names',
    withoutHeader('* /r1/*', 'x-road-client'),
  ),
  mediator(
    'nobody need say who calls',
    'scenario/caller-names',
    accepts('GET /r1/*/allowedMethods', { member: [] }),
  ),
  mediator(
    'rights of the first page only',
    'scenario/rights',
    bodies('GET /api/v1/rights/allow', 'nextPageToken', () => undefined),
  ),
  mediator(
    'rights of every member',
    'scenario/rights',
    withoutQuery('GET /api/v1/rights/allow', 'memberCode'),
  ),
  mediator(
    'an event is pulled once',
    'scenario/pulling',
    (() => {
      const seen = new Set<string>();
      return answers('GET /r1/*/pull/v1/*', (answer, request) => {
        const key = `${request.path} ${textOf(bodyOf(answer).id)}`;
        if (answer.status !== 200 || !seen.has(key)) {
          seen.add(key);
          return answer;
        }
        return { ...json(404, 'none'), headers: { 'content-type': 'application/json' } };
      });
    })(),
  ),
  mediator(
    'an acknowledgement does nothing',
    'scenario/pulling',
    forgets('DELETE /r1/*/pull/v1/*/*', json(204)),
  ),
  mediator(
    'the order does not matter',
    'scenario/first-in-first-out',
    answers('DELETE /r1/*/pull/v1/*/*', (answer) => (answer.status === 409 ? json(204) : answer)),
  ),
  mediator(
    'any event may be published',
    'scenario/publishing',
    accepts('POST /r1/*/pub/v1/*', { id: '0b9a1c56-6c2e-4f0a-9d5a-3f6f4b8a1c11' }, 201),
  ),
  mediator(
    'an event is changed on its way',
    'scenario/publishing',
    bodies('GET /r1/*/pub/v1/*/*', 'district', () => 'coast'),
  ),
  mediator(
    'an event is taken back by anybody',
    'scenario/publishing',
    requests('DELETE /r1/*/pub/v1/*/*', (request) => ({
      ...request,
      headers: { 'x-govstack-client': 'identifier/identifier/alp4aNum3r1c/alp4aNum3r1c' },
    })),
  ),
  mediator(
    'a type is made twice',
    'scenario/event-types',
    answers('POST /r1/*/api/v1/eventType', (answer) => (answer.status === 409 ? json(200) : answer)),
  ),
  mediator(
    'anybody makes types in the rooms of others',
    'scenario/event-types',
    requests('POST /r1/*/api/v1/eventType', (request) => ({
      ...request,
      headers: { ...request.headers, 'X-GovStack-Client': 'identifier/identifier/alp4aNum3r1c/alp4aNum3r1c' },
    })),
  ),
  mediator(
    'a type cannot be deleted',
    'scenario/event-types',
    forgets('DELETE /r1/*/api/v1/eventType/*', json(204)),
  ),
  mediator(
    'subscriptions of others are shown',
    'scenario/subscriptions',
    requests('GET /r1/*/api/v1/subs', (request) => ({
      ...request,
      headers: { ...request.headers, 'X-GovStack-Client': 'eGovStack/GOV/90000009/digitalregistries' },
    })),
  ),
  mediator(
    'a change resets what it does not name',
    'scenario/subscriptions',
    after(
      'PATCH /r1/*/api/v1/subs/*',
      bodies('GET /r1/*/api/v1/subs/*', 'FIFO', () => false),
    ),
  ),
  mediator('an event is pushed twice', 'callbacks-once', {
    callbacks: (right) => (callback) => {
      right(callback);
      right(callback);
    },
  }),
  mediator('an event is never pushed', 'scenario/pushing', { callbacks: () => () => undefined }),
  mediator(
    'an identifier is no UUID',
    'publishEvent/answer',
    bodies('POST /r1/*/pub/v1/*', 'id', () => 'one'),
  ),
  mediator('one tenant sees the rooms of another', 'scenario/tenants', oneTenantForAll),
];
