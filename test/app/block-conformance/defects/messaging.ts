import { textOf, type Json } from '../../../../contracts/json.js';
import {
  accepts,
  answers,
  bodies,
  bodyOf,
  forgets,
  json,
  oneTenantForAll,
  withoutHeader,
  withoutQuery,
  defectOf,
  type Defect,
} from './defect.js';

const messaging = defectOf('messaging');

export const messagingDefects: readonly Defect[] = [
  messaging(
    'only what was asked for is not what is counted',
    'scenario/email-life',
    withoutQuery('GET /status/email', 'status'),
  ),
  messaging(
    'all requests have one identifier',
    'scenario/email-life',
    answers('POST /send/email/*', (answer) =>
      answer.status === 200
        ? { ...answer, body: { response: 'ok', requestUid: 'one', requestUID: 'one' } }
        : answer,
    ),
  ),
  messaging(
    'bounces are delivered',
    'scenario/bounce',
    answers('GET /status/email', (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), delivered: 1, bounced: 0 },
    })),
  ),
  messaging(
    'what is not valid is accepted',
    'sendSingleEmail/missing',
    accepts('POST /send/email/single', { response: 'ok', requestUid: 'x', requestUID: 'x' }),
  ),
  messaging('counts are texts', 'getEmailStatus/answer', bodies('GET /status/email', 'delivered', String)),
  messaging(
    'a batch is one message',
    'scenario/email-life',
    answers('GET /status/email', (answer) => ({
      ...answer,
      body: Object.fromEntries(
        Object.entries(bodyOf(answer)).map(([name, count]) => [name, Math.min(1, Number(count))]),
      ),
    })),
  ),
  messaging(
    'messages stay scheduled',
    'scenario/email-life',
    answers('GET /status/email', (answer) => ({ ...answer, body: { scheduled: 1 } })),
  ),
  messaging(
    'texts are cut',
    'scenario/inbox',
    bodies('GET /sandbox/messages', 'text', (text) => textOf(text).slice(0, 5)),
  ),
  messaging(
    'the oldest comes first',
    'scenario/inbox',
    answers('GET /sandbox/messages', (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), messages: [...((bodyOf(answer).messages ?? []) as Json[])].reverse() },
    })),
  ),
  messaging(
    'the Idempotency-Key is ignored',
    'scenario/idempotency-key',
    withoutHeader('POST /send/email/single', 'idempotency-key'),
  ),
  messaging(
    'a status is remembered for ever',
    'scenario/email-life',
    (() => {
      const kept = new Map<string, Json | undefined>();
      return answers('GET /status/email', (answer, request) => {
        const key = JSON.stringify([request.headers['requestUid'], request.query]);
        if (!kept.has(key)) kept.set(key, answer.body);
        return { ...answer, body: kept.get(key) ?? null };
      });
    })(),
  ),
  messaging('one tenant counts the messages of another', 'scenario/tenants', oneTenantForAll),
  messaging(
    'an unknown request has messages',
    'scenario/unknown-request',
    answers('GET /status/email', () => json(200, { delivered: 3 })),
  ),
  messaging('header names must be spelled in one way', 'getEmailStatus/header-names', {
    handle: (right) => (workspace, request) =>
      request.path === '/status/email' && request.headers['requestUid'] === undefined
        ? Promise.resolve(json(405))
        : right(workspace, request),
  }),
  messaging(
    'replies are kept with every message',
    'scenario/email-reply',
    withoutQuery('GET /sandbox/replies', 'requestUid'),
  ),
  messaging(
    'replies are lost',
    'scenario/sms-reply',
    forgets('POST /callback/sms', { status: 200, headers: {} }),
  ),
  messaging(
    'replies to nothing are taken',
    'scenario/email-reply',
    answers('POST /callback/email', (answer) =>
      answer.status >= 400 ? { status: 200, headers: {} } : answer,
    ),
  ),
];
