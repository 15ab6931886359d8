import type { BlockId } from '../../../contracts/block.js';

/** Operations of an official document that nobody answers yet. */
export interface NotYetServed {
  readonly block: BlockId | 'workflow';
  /** Path under `reference/openapi/`. */
  readonly document: string;
  /** As `METHOD /path`. */
  readonly operations: readonly string[];
}

export const notYetServed: readonly NotYetServed[] = [
  {
    block: 'identity',
    document: 'bb-identity/Identity-Provider.yaml',
    operations: ['GET /authorize', 'POST /wallet-binding'],
  },
  {
    block: 'identity',
    document: 'bb-identity/spec-assets/Credential-Management.yaml',
    operations: [
      'POST /share-credential',
      'GET /events/{eventId}?language=LANGCODE',
      'POST /download/personalized-card',
      'POST /update-uin',
      'GET /service-history/{langCode}',
      'PATCH /updateIdentity',
      'POST /unblock',
      'POST /block',
    ],
  },
  {
    block: 'consent',
    document: 'bb-consent/consent-openapi.yaml',
    operations: [
      'PUT /config/policy/{policyId}/',
      'DELETE /config/policy/{policyId}/',
      'GET /config/policy/{policyId}/revisions/',
      'POST /config/individual/',
      'GET /config/individual/{individualId}/',
      'GET /config/individuals/',
      'POST /config/webhook/',
      'GET /config/webhook/{webhookId}/',
      'PUT /config/webhook/{webhookId}/',
      'DELETE /config/webhook/{webhookId}/',
      'GET /config/webhooks/',
      'GET /service/verification/data-agreements/',
      'POST /service/individual/record/consent-record/{consentRecordId}/signature/',
      'PUT /service/individual/record/consent-record/{consentRecordId}/signature/',
      'DELETE /service/individual/record/',
    ],
  },
  {
    block: 'information-mediator',
    document: 'bb-information-mediator/GovStack_IM_Configuration_Management_API.yaml',
    operations: [
      'POST /api/v1/config',
      'PUT /api/v1/config',
      'PATCH /api/v1/config',
      'PATCH /api/v1/rights/allow',
      'PATCH /api/v1/rights/deny',
    ],
  },
  {
    block: 'information-mediator',
    document: 'bb-information-mediator/suite-era/GovStack_IM_PubSub_API-1.0.0-resolved.yaml',
    operations: [
      'GET /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/event/{id}',
      'DELETE /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/event/{id}',
      'GET /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/subs',
      'POST /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/subs',
      'GET /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/subs/{id}',
      'PATCH /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/subs/{id}',
      'DELETE /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/subs/{id}',
      'GET /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/pull/{serviceCode}/{operationId}',
      'GET /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/pull/{serviceCode}/{operationId}/{eventId}',
      'DELETE /r1/{GovStackInstance}/{memberClass}/{memberCode}/{roomCode}/pull/{serviceCode}/{operationId}/{eventId}',
    ],
  },
  {
    block: 'digital-registries',
    document: 'bb-digital-registries/GovStack_Digital_registries_BB_Data_API_template-1.3.0.yaml',
    operations: ['GET /data/myPersonalDataUsage'],
  },
  {
    block: 'messaging',
    document: 'bb-messaging/swagger.yaml',
    operations: ['POST /callback/email'],
  },
  {
    block: 'messaging',
    document: 'bb-messaging/suite-era/swagger.yaml',
    operations: ['POST /callback/email'],
  },
  {
    block: 'workflow',
    document: 'bb-workflow/swagger.yaml',
    operations: [
      'GET /processes',
      'POST /processes',
      'GET /processes/{processId}',
      'PUT /processes/{processId}',
      'DELETE /processes/{processId}',
      'POST /processes/{processId}/start',
      'GET /instances/',
      'GET /instances/{instanceId}',
      'POST /instances/{instanceId}/stop',
    ],
  },
];

/** An official operation that an operation of a more general path answers, as meant. */
export interface ServedElsewhere {
  readonly operation: string;
  readonly operationId: string;
  readonly why: string;
}

export const servedElsewhere: readonly ServedElsewhere[] = [
  {
    operation: 'POST /data/mcts/createEntries',
    operationId: 'createEntries',
    why: 'The official document writes one registry of its example into the path; here every registry has this operation.',
  },
  {
    operation: 'POST /data/mcts/1.4/create-entries',
    operationId: 'createEntriesOlder',
    why: 'The older document writes one registry and its version into the path; here every registry has this operation.',
  },
];
