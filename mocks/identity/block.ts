import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { collections } from './collections.js';
import { createEndpoints } from './endpoints.js';
import { authenticate } from './operations/authenticate.js';
import { clientCreate } from './operations/client-create.js';
import { clientUpdate } from './operations/client-update.js';
import { enrollment } from './operations/enrollment.js';
import { jwks } from './operations/jwks.js';
import { linkAuthCode } from './operations/link-auth-code.js';
import { linkCode } from './operations/link-code.js';
import { linkStatus } from './operations/link-status.js';
import { linkTransaction } from './operations/link-transaction.js';
import { linkedConsent } from './operations/linked-consent.js';
import { createOpenidConfiguration } from './operations/openid-configuration.js';
import { createToken } from './operations/token.js';
import { createUserinfo } from './operations/userinfo.js';
import { createIdentityRefusal } from './refusal.js';
import { seedIdentity } from './seeds.js';
import { openIdentityState, type IdentityState } from './state.js';

export interface IdentityOptions {
  /** Public address of the sandbox: issuer and endpoints of the discovery document start with it. */
  readonly publicUrl?: string;
}

/** The identity building block (bb-identity 1.0, MOSIP eSignet lineage), simulated. */
export function createIdentityBlock(deps: BlockDeps, options: IdentityOptions = {}): Block {
  const endpointsOf = createEndpoints(options.publicUrl ?? 'http://localhost:4000');
  return createContractBlock<IdentityState>(
    {
      id: 'identity',
      title: 'Identity',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: openIdentityState,
      seed: seedIdentity,
      refusal: createIdentityRefusal(deps.realClock),
      collections,
      operations: {
        'post-client': clientCreate,
        'put-oidc-client-client_id': clientUpdate,
        'get-authorization-generate-link-code': linkCode,
        'post-authorization-link-status': linkStatus,
        'post-authorization-link-auth': linkAuthCode,
        'post-authorization-link-transaction': linkTransaction,
        'post-linked-authenticate': authenticate,
        'post-linked-consent': linkedConsent,
        'post-token': createToken(endpointsOf),
        'get-userinfo': createUserinfo(endpointsOf),
        'get-certs': jwks,
        'get-.well-known-openid-configuration': createOpenidConfiguration(endpointsOf),
        'put-enrollment': enrollment,
      },
    },
    deps,
  );
}
