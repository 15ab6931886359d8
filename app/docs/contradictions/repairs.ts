/** What is wrong with an official document that a strict reader stumbles over. */
export type Defect =
  'duplicate keys' | 'missing references' | 'query in a path' | 'unknown format' | 'empty address';

/** How a document that is broken is read nevertheless. A test finds each defect, so that mended documents drop out. */
export interface OfficialRepair {
  readonly defect: Defect;
  /** Paths under `reference/openapi/`. */
  readonly documents: readonly string[];
  readonly readAs: string;
}

const DATABASE = 'GovStack_Digital_registries_BB_Database_API_template-1.3.0';

export const officialRepairs: readonly OfficialRepair[] = [
  {
    defect: 'duplicate keys',
    documents: ['BulkPayment', 'BulkPaymentStatusUpdate', 'GetAuthorizationRequest'].map(
      (name) => `bb-payments/G2P API YAMLs/${name}.yml`,
    ),
    readAs:
      'An operation has `parameters` twice. The last one counts for what we check; the block takes both.',
  },
  {
    defect: 'missing references',
    documents: [
      `bb-digital-registries/${DATABASE}.yaml`,
      `bb-digital-registries/${DATABASE}.json`,
      `bb-digital-registries/spec-assets/${DATABASE}.json`,
    ],
    readAs:
      'Schemas that are referred to are not there. The copy in the specification has them, and is used instead.',
  },
  {
    defect: 'query in a path',
    documents: [
      'bb-payments/G2P API YAMLs/BulkValidateAccountRequest.yml',
      'bb-identity/spec-assets/Credential-Management.yaml',
    ],
    readAs:
      'OpenAPI knows no query in a path. A `command` tells operations of one path apart; any other query is a parameter.',
  },
  {
    defect: 'unknown format',
    documents: ['bb-scheduler/Govstack_scheduler_BB_APIs.json'],
    readAs: 'The format `url` is none of JSON Schema or OpenAPI. It is read as `uri`.',
  },
  {
    defect: 'empty address',
    documents: ['bb-payments/suite-era/Prepaymentvalidation.yaml'],
    readAs: 'A server has no address. Paths begin at the root.',
  },
];

/** Operations that show an example which their own schema refuses, as `METHOD /path status`: the schema counts. */
export interface BrokenExamples {
  /** Path under `reference/openapi/`. */
  readonly document: string;
  readonly examples: readonly string[];
}

export const brokenExamples: readonly BrokenExamples[] = [
  { document: 'bb-workflow/swagger.yaml', examples: ['GET /processes 200', 'GET /instances/ 200'] },
];
