/** Where answers of ours do not fit an official document, and why. A test finds each of them, and no other. */
export interface Contradiction {
  /** Paths under `reference/openapi/`. */
  readonly documents: readonly string[];
  /** As `METHOD /path`; any of the documents when absent. */
  readonly operations?: readonly string[];
  readonly statuses: readonly number[];
  /** In the words of the check; `{name}` stands for the name of any member. */
  readonly what: string;
  /** Who contradicts whom, and what we answer. */
  readonly why: string;
}

const DATA = 'GovStack_Digital_registries_BB_Data_API_template-1.3.0';
const DATABASE = 'GovStack_Digital_registries_BB_Database_API_template-1.3.0';
const publishedData = [`bb-digital-registries/${DATA}.json`, `bb-digital-registries/${DATA}.yaml`];
const olderData = `bb-digital-registries/suite-era/${DATA}.json`;
const registries = [...publishedData, olderData];
const databases = [
  `bb-digital-registries/spec-assets/${DATABASE}.yaml`,
  `bb-digital-registries/suite-era/${DATABASE}.yaml`,
];
const registration = [
  'bb-registration/GovStack_Registration_BB_API.json',
  'bb-registration/suite-era/GovStack_Registration_BB_API.json',
];
const olderDirectory = 'bb-information-mediator/suite-era/gov-stack_im_service_metadata_api-0.3-swagger.yaml';
const olderClients =
  'bb-information-mediator/suite-era/gov-stack_im_service_metadata_list-clients_api-0.3-swagger.yaml';
const credentials = 'bb-identity/spec-assets/Credential-Management.yaml';
const workflow = 'bb-workflow/swagger.yaml';
const configuration = 'bb-information-mediator/GovStack_IM_Configuration_Management_API.yaml';
const g2p = (name: string): string => `bb-payments/G2P API YAMLs/${name}.yml`;
const voucher = (name: string): string => `bb-payments/Voucher API YAMLs/${name}.yml`;

const UNDECLARED = 'the status is not declared';
const UNASKED = 'a body is answered, none is declared';

export const contradictions: readonly Contradiction[] = [
  {
    documents: [
      ...registries,
      ...databases,
      configuration,
      'bb-information-mediator/GovStack_IM_PubSub_API.yaml',
      'bb-information-mediator/suite-era/GovStack_IM_PubSub_API-1.0.0-resolved.yaml',
      olderDirectory,
      olderClients,
      ...['AccountLookup', 'BatchDetails', 'BulkAccountLookup', 'UpdateBeneficiaryRequest'].map(g2p),
      ...['VoucherActivate', 'VoucherCancellation', 'VoucherPreactivationRequest', 'VoucherRedemption'].map(
        voucher,
      ),
      ...registration,
      'bb-identity/Identity-Provider.yaml',
      credentials,
      workflow,
    ],
    statuses: [400],
    what: UNDECLARED,
    why: 'The document requires parameters and fields but does not say what a request without them is answered. We answer 400 and name each field, since silence or a 200 would hide the mistake.',
  },
  {
    documents: [...registries, ...databases, ...registration, workflow],
    statuses: [404],
    what: UNDECLARED,
    why: 'The document addresses registries, records and services by name but has no answer for a name that nobody knows. We answer 404 and the nearest name.',
  },
  {
    documents: [...registries, ...registration],
    statuses: [409],
    what: UNDECLARED,
    why: 'The document has no answer for a record or a file that cannot change as asked: it exists already, or is decided. We answer 409 and say what stands in the way.',
  },
  {
    documents: registries,
    operations: [
      'POST /data/{registryName}/{versionNumber}/read',
      'POST /data/{registryname}/{versionnumber}/read',
    ],
    statuses: [404],
    what: '/body/detail must be equal to one of the allowed values',
    why: 'The document knows one sentence, for a record that is not found, and we answer exactly that. For a registry that does not exist the sentence would mislead: we say which registries there are.',
  },
  {
    documents: registries,
    operations: [
      'POST /data/{registryName}/{versionNumber}/read',
      'POST /data/{registryname}/{versionnumber}/read',
    ],
    statuses: [404],
    what: 'the media type is application/problem+json, declared is application/json',
    why: 'As above: a registry that does not exist is a problem by RFC 9457.',
  },
  {
    documents: publishedData,
    operations: ['GET /data/{registryName}/{versionNumber}'],
    statuses: [200],
    what: '/body must be object',
    why: 'Two official paths collide: the older /data/MyPersonalDataUsage/1.0 looks like a registry of the published list operation. The older path answers its own list of readings; no registry may have this name.',
  },
  {
    documents: registries,
    statuses: [200],
    what: '/body/next must match format "uri"',
    why: 'A block behind the mediator does not know by which address it was called, so the link to the next page is relative (`?page=2`), which RFC 3986 calls a reference.',
  },
  {
    documents: registries,
    statuses: [200],
    what: '/body/previous must match format "uri"',
    why: 'As the link to the next page.',
  },
  {
    documents: publishedData,
    statuses: [200],
    what: '/body/results/*/{field} must be string',
    why: 'The document writes the four text fields of its example registry into the schema of every registry, while its own database API lets a registry declare numbers. The registry decides.',
  },
  {
    documents: publishedData,
    statuses: [200],
    what: '/body/content/{field} must be string',
    why: 'As in lists: the registry decides what type a field has.',
  },
  {
    documents: registries,
    operations: [
      'PUT /data/{registryName}/{versionNumber}/update',
      'PUT /data/{registryName}/{versionNumber}/updateEntries',
      'PUT /data/{registryname}/{versionnumber}/update',
      'PUT /data/{registryname}/{versionnumber}/update-entries',
    ],
    statuses: [200],
    what: UNASKED,
    why: 'The document says 200 and declares no body. We answer how many records changed; who expects nothing ignores it.',
  },
  {
    documents: [configuration],
    operations: ['GET /api/v1/rights/allow'],
    statuses: [200],
    what: '/body/allowList/*/rights/*/{name} is required',
    why: 'The document requires `member` and `application` of an allowed application but describes `memberClass`, `memberCode` and `applicationId` instead. We answer what it describes.',
  },
  {
    documents: [olderDirectory],
    statuses: [200],
    what: '/body/member/*/objectType must be object',
    why: 'The older document makes `objectType` an object that holds `object_type`; its own list of clients, the published document and the official suite have the text itself, and so do we below `/r1`. Without `/r1` we answer as the older document has it.',
  },
  {
    documents: [g2p('BulkValidateAccountRequest')],
    statuses: [202],
    what: UNASKED,
    why: 'The document says 202 and declares no body. We answer that the accounts are being checked.',
  },
  {
    documents: registration,
    statuses: [200],
    what: '/body/applicationData/formData/data/{field} must be object',
    why: 'The document says that each field of a form is an object, while its forms are JSON Schemas of texts and numbers. We give back what was sent in.',
  },
  {
    documents: registration,
    operations: ['GET /tasks/{taskId}'],
    statuses: [200],
    what: '/body/data/{field} must be object',
    why: 'As in applications: fields of forms are texts and numbers.',
  },
  {
    documents: registration,
    operations: ['GET /tasks/{taskId}'],
    statuses: [200],
    what: '/body/formVariables/{field} must be object',
    why: 'As in applications: fields of forms are texts and numbers.',
  },
  {
    documents: registration,
    operations: ['POST /tasks/{taskId}/complete'],
    statuses: [200],
    what: '/body/variables/completion/data/{field} must be object',
    why: 'As in applications: fields of forms are texts and numbers.',
  },
  {
    documents: [credentials],
    operations: ['POST /share-credential'],
    statuses: [200],
    what: '/body/errors must be object',
    why: 'The document has an object of errors here and a list of them in every other operation. We answer a list everywhere, so that a client reads errors in one way.',
  },
  {
    documents: [workflow],
    operations: ['PUT /processes/{processId}'],
    statuses: [204],
    what: 'no body is answered, one is declared',
    why: 'The document declares a body for 204, which HTTP forbids (RFC 9110, section 15.3.5). We answer none; the process can be read again.',
  },
  {
    documents: ['bb-scheduler/Govstack_scheduler_BB_APIs.json'],
    statuses: [200],
    what: 'the media type is application/json, declared is json',
    why: '`json` is no media type. We answer application/json, which every client can read.',
  },
];
