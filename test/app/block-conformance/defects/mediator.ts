import { textOf } from '../../../../contracts/json.js';
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
  defectOf,
  type Defect,
} from './defect.js';

const mediator = defectOf('information-mediator');

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
  mediator(
    'an update replaces the configuration',
    'scenario/configuration-life',
    requests('PATCH /api/v1/config', (request) => ({ ...request, method: 'PUT' })),
  ),
  mediator(
    'a replacement keeps what it does not name',
    'scenario/configuration-replaced',
    requests('PUT /api/v1/config', (request) => ({ ...request, method: 'PATCH' })),
  ),
  mediator(
    'a right that is taken away stays',
    'scenario/rights-change',
    forgets('PATCH /api/v1/rights/deny', { status: 200, headers: {} }),
  ),
  mediator(
    'a right is never given',
    'scenario/rights-change',
    forgets('PATCH /api/v1/rights/allow', { status: 200, headers: {} }),
  ),
  mediator(
    'an older subscription cannot be changed',
    'scenario/older-subscriptions',
    forgets('PATCH /*/subs/*', { status: 201, headers: {} }),
  ),
  mediator(
    'an older acknowledgement does nothing',
    'scenario/older-events',
    forgets('DELETE /*/pull/*', { status: 200, headers: {} }),
  ),
];
