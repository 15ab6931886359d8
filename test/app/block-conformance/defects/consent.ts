import {
  accepts,
  after,
  answers,
  bodies,
  bodyOf,
  changed,
  forgets,
  instead,
  json,
  oneTenantForAll,
  requests,
  withoutQuery,
  defectOf,
  type Defect,
} from './defect.js';

const consent = defectOf('consent');

export const consentDefects: readonly Defect[] = [
  consent(
    'a deleted agreement can still be read',
    'scenario/agreement-life',
    forgets('DELETE /config/data-agreement/*', json(200, {})),
  ),
  consent(
    'a new record is opted in',
    'scenario/record-life',
    bodies('GET /audit/consent-record/*', 'optIn', () => true),
  ),
  consent(
    'hashes are made of something else',
    'scenario/agreement-life',
    bodies('POST /config/data-agreement', 'serializedHash', () => 'abc'),
  ),
  consent('pages are as long as they like', 'scenario/paging', withoutQuery('GET /config/policies', 'limit')),
  consent('pages all begin at the start', 'scenario/paging', withoutQuery('GET /config/policies', 'offset')),
  consent(
    'everybody sees the records of everybody',
    'scenario/record-life',
    requests('GET /service/individual/record/consent-record', (request) => ({
      ...request,
      path: '/audit/consent-records/',
    })),
  ),
  consent(
    'a change of an individual drops what it does not name',
    'scenario/individual-life',
    after(
      'PUT /service/individual/*',
      bodies('GET /service/individual/*', 'externalId', () => undefined),
    ),
  ),
  consent(
    'somebody unknown is found',
    'scenario/individual-life',
    accepts('GET /service/individual/*', { individual: { id: 'x' } }),
  ),
  consent(
    'a forged signature is taken',
    'scenario/forged-signature',
    accepts('POST /service/individual/record/consent-record', {
      consentRecord: { id: 'x', dataAgreementRevisionHash: '', state: 'signed', optIn: true },
    }),
  ),
  consent(
    'the audit loses what is deleted',
    'scenario/agreement-life',
    requests('GET /audit/data-agreements', (request) => ({
      ...request,
      path: '/audit/data-agreements/',
      query: { ...request.query, offset: '100000' },
    })),
  ),
  consent(
    'a change makes no new revision',
    'scenario/agreement-life',
    answers('* /config/data-agreement*', (answer) => ({
      ...answer,
      body: {
        ...bodyOf(answer),
        ...(bodyOf(answer).revision === undefined
          ? {}
          : { revision: { ...(bodyOf(answer).revision as object), id: 'always' } }),
      },
    })),
  ),
  consent(
    'a service sees an agreement that is not active',
    'scenario/agreement-inactive',
    requests('GET /service/data-agreement/*', (request) => ({
      ...request,
      path: request.path.replace('/service/', '/config/'),
    })),
  ),
  consent(
    'a refusal does not hold',
    'scenario/record-life',
    instead('PUT /service/individual/record/consent-record/*', (_right, request) => {
      const id = request.path.split('/').filter(Boolean).pop() ?? '';
      const consentRecord = { id, dataAgreementRevisionHash: '', state: 'unsigned', optIn: true };
      return Promise.resolve(json(200, { consentRecord }));
    }),
  ),
  consent(
    'a draft is stored',
    'scenario/record-life',
    instead('POST /service/individual/record/consent-record/draft', async (right, request) => {
      const { individualId = '', dataAgreementId = '' } = request.query as Record<string, string>;
      await right({
        ...request,
        path: `/service/individual/record/data-agreement/${dataAgreementId}/`,
        query: { individualId },
      });
      return right(request);
    }),
  ),
  consent(
    'a list is named otherwise',
    'configDataAgreementList/answer',
    answers('GET /config/data-agreements', (answer) => ({
      ...answer,
      body: { dataAgreements: bodyOf(answer).dataAgreement ?? [] },
    })),
  ),
  consent(
    'unknown lawful bases are taken',
    'configDataAgreementCreate/type',
    accepts('POST /config/data-agreement', {
      dataAgreement: { id: 'x', version: '1', purpose: 'x', lawfulBasis: 'consent', dpia: 'x' },
    }),
  ),
  consent('one tenant sees the agreements of another', 'scenario/tenants', oneTenantForAll),
  consent(
    'a changed policy keeps its revision',
    'scenario/policy-revisions',
    bodies('PUT /config/policy/*', 'id', () => 'always'),
  ),
  consent(
    'a deleted policy can still be read',
    'scenario/policy-revisions',
    forgets('DELETE /config/policy/*', json(200, {})),
  ),
  consent(
    'agreements that are not active are offered',
    'scenario/agreements-offered',
    requests('GET /service/verification/data-agreements', (request) => ({
      ...request,
      path: '/audit/data-agreements/',
    })),
  ),
  consent(
    'what is forgotten is kept',
    'scenario/forgetting',
    forgets('DELETE /service/individual/record', { status: 200, headers: {} }),
  ),
  consent(
    'any signature completes a consent',
    'scenario/signature-drafted',
    accepts('PUT /service/individual/record/consent-record/*/signature', { signature: {} }),
  ),
  consent(
    'a deleted webhook is kept',
    'scenario/webhook-life',
    forgets('DELETE /config/webhook/*', { status: 200, headers: {} }),
  ),
  consent(
    'a changed webhook stays as it was',
    'scenario/webhook-life',
    answers('GET /config/webhook/*', (answer) =>
      answer.status === 200
        ? { ...answer, body: changed(answer.body, 'payloadUrl', () => 'http://127.0.0.1:9/nowhere') ?? null }
        : answer,
    ),
  ),
  consent('a webhook is never told', 'scenario/webhook-told', { callbacks: () => () => undefined }),
  consent('deliveries are not signed', 'scenario/webhook-told', {
    callbacks: (right) => (callback) => {
      right({ ...callback, headers: {} });
    },
  }),
];
