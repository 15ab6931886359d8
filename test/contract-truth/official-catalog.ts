import type { BlockId } from '../../contracts/block.js';

/** Published: what the specification says today. Older: what deployed candidates and the official suites speak. */
export type Dialect = 'published' | 'older';

/** An official document that a block is held against. */
export interface OfficialSource {
  /** `workflow` has no block of its own. */
  readonly block: BlockId | 'workflow';
  /** Path under `reference/openapi/`. */
  readonly place: string;
  readonly dialect: Dialect;
  /** What the document's `servers` put before its paths. */
  readonly prefix?: string;
  /** The document shares its path with others and is told apart by this query, which OpenAPI cannot say. */
  readonly query?: Readonly<Record<string, string>>;
  /** The document describes calls that the block sends (callbacks), from the receiver's side. */
  readonly outbound?: true;
}

const REGISTRIES = 'GovStack_Digital_registries_BB';
const REGISTRATION = 'GovStack_Registration_BB_API';

/** The value of `?command=` by the document that says so in words. */
const commands: Readonly<Record<string, string>> = {
  VoucherActivate: 'activate',
  VoucherCancellation: 'cancel',
  VoucherRedemption: 'redeem',
};

/** Every official document of the blocks in scope: those that differ, not their copies under other names. */
export const officialSources: readonly OfficialSource[] = [
  published('identity', 'bb-identity', [
    'Identity-Provider.yaml',
    'enrollment.yaml',
    'spec-assets/IdentityManagement.yaml',
    'spec-assets/Credential-Management.yaml',
  ]),
  published('consent', 'bb-consent', ['consent-openapi.yaml']),
  published('information-mediator', 'bb-information-mediator', [
    'GovStack_IM_Directory_Services_API.yaml',
    'GovStack_IM_PubSub_API.yaml',
    'GovStack_IM_Configuration_Management_API.yaml',
  ]),
  ...older('information-mediator', 'bb-information-mediator/suite-era', [
    'GovStack_IM_PubSub_API-1.0.0-resolved.yaml',
    'gov-stack_im_service_metadata_list-clients_api-0.3-swagger.yaml',
  ]).map((source) => ({ ...source, prefix: '/r1' })),
  ...['', '/r1'].flatMap((prefix) =>
    older('information-mediator', 'bb-information-mediator/suite-era', [
      'gov-stack_im_service_metadata_api-0.3-swagger.yaml',
    ]).map((source) => ({
      ...source,
      prefix: `${prefix}/{GovStackInstance}/{memberClass}/{memberCode}/{applicationCode}`,
    })),
  ),
  published('digital-registries', 'bb-digital-registries', [
    `${REGISTRIES}_Data_API_template-1.3.0.json`,
    `${REGISTRIES}_Data_API_template-1.3.0.yaml`,
    `spec-assets/${REGISTRIES}_Database_API_template-1.3.0.yaml`,
  ]),
  older('digital-registries', 'bb-digital-registries/suite-era', [
    `${REGISTRIES}_Data_API_template-1.3.0.json`,
    `${REGISTRIES}_Database_API_template-1.3.0.yaml`,
  ]),
  published('registration', 'bb-registration', [`${REGISTRATION}.json`, `${REGISTRATION}_statistics.json`]),
  older('registration', 'bb-registration/suite-era', [
    `${REGISTRATION}.json`,
    `${REGISTRATION}_statistics.json`,
  ]),
  published('payments', 'bb-payments/G2P API YAMLs', [
    'AccountLookup.yml',
    'BatchDetails.yml',
    'BulkAccountLookup.yml',
    'BulkPayment.yml',
    'BulkValidateAccountRequest.yml',
    'GetAuthorizationRequest.yml',
    'RegisterBeneficiaryRequest.yml',
    'UpdateBeneficiaryRequest.yml',
  ]),
  published('payments', 'bb-payments/Voucher API YAMLs', [
    'VoucherPreactivationRequest.yml',
    'VoucherStatus.yml',
  ]),
  ['VoucherActivate', 'VoucherCancellation', 'VoucherRedemption'].flatMap((name) =>
    published('payments', 'bb-payments/Voucher API YAMLs', [`${name}.yml`]).map((source) => ({
      ...source,
      query: { command: commands[name] ?? '' },
    })),
  ),
  published('payments', 'bb-payments/G2P API YAMLs', [
    'BulkPaymentStatusUpdate.yml',
    'BulkValidateAccountResponse.yml',
    'GetAuthorizationResponse.yml',
    'RegisterBeneficiaryResponse.yml',
    'UpdateBeneficiaryResponse.yml',
  ]).map(asOutbound),
  published('payments', 'bb-payments/Voucher API YAMLs', [
    'VoucherActivateResponse.yml',
    'VoucherCancellationResponse.yml',
    'VoucherCreationResponse.yml',
  ]).map(asOutbound),
  older('payments', 'bb-payments/suite-era', [
    'Registerbeneficiary.yaml',
    'UpdateBeneficiary.yaml',
    'Prepaymentvalidation.yaml',
    'bulkpayment.yaml',
    'VoucherAPIS.json',
  ]),
  published('messaging', 'bb-messaging', ['swagger.yaml']),
  older('messaging', 'bb-messaging/suite-era', ['swagger.yaml']),
  published('scheduler', 'bb-scheduler', ['Govstack_scheduler_BB_APIs.json']),
  published('workflow', 'bb-workflow', ['swagger.yaml']),
].flat();

function published(
  block: OfficialSource['block'],
  folder: string,
  files: readonly string[],
): OfficialSource[] {
  return files.map((file) => ({ block, place: `${folder}/${file}`, dialect: 'published' }));
}

function older(block: OfficialSource['block'], folder: string, files: readonly string[]): OfficialSource[] {
  return files.map((file) => ({ block, place: `${folder}/${file}`, dialect: 'older' }));
}

function asOutbound(source: OfficialSource): OfficialSource {
  return { ...source, outbound: true };
}
