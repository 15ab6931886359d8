import type { Json } from '../../../../contracts/json.js';
import {
  accepts,
  after,
  answers,
  bodies,
  forgets,
  json,
  withoutHeader,
  withoutQuery,
  oneTenantForAll,
  defectOf,
  type Defect,
} from './defect.js';

const registration = defectOf('registration');

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
