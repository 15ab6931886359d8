import { textOf } from '../../../../contracts/json.js';
import {
  accepts,
  after,
  answers,
  bodies,
  forgets,
  json,
  requests,
  withoutHeader,
  oneTenantForAll,
  defectOf,
  type Defect,
} from './defect.js';

const scheduler = defectOf('scheduler');

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
