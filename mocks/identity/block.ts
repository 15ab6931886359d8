import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
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
import { authorize } from './operations/authorize.js';
import { authorizeConsent } from './operations/authorize-consent.js';
import { authorizeSignIn } from './operations/authorize-sign-in.js';
import { blockIdentity } from './operations/block-identity.js';
import { createDownloadCard } from './operations/download-card.js';
import { createReadEvent } from './operations/read-event.js';
import { createServiceHistory } from './operations/service-history.js';
import { createShareCredential } from './operations/share-credential.js';
import { updateIdentity } from './operations/update-identity.js';
import { updateUin } from './operations/update-uin.js';
import { walletBinding } from './operations/wallet-binding.js';
import { createIdentityRefusal } from './refusal.js';
import { seedIdentity, storedPersonSchema } from './seeds.js';
import { identityRules } from './rules.js';
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
      rules: identityRules,
      state: openIdentityState,
      secretCollections: ['keys'],
      schemas: { persons: storedPersonSchema },
      seed: seedIdentity,
      refusal: createIdentityRefusal(deps.realClock),
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
        'get-authorize': authorize,
        'post-authorize-sign-in': authorizeSignIn,
        'post-authorize-consent': authorizeConsent,
        'post-wallet-binding': walletBinding,
        'post-share-credential': createShareCredential(endpointsOf),
        'get-event': createReadEvent(endpointsOf),
        'get-service-history': createServiceHistory(endpointsOf),
        'post-download-card': createDownloadCard(endpointsOf),
        'post-update-uin': updateUin,
        'patch-update-identity': updateIdentity,
        'post-block': blockIdentity('block'),
        'post-unblock': blockIdentity('unblock'),
      },
    },
    deps,
  );
}
