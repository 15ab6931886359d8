import type { BlockResponse } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createIdentityBlock } from '../../../mocks/identity/block.js';
import { expectBody, stateSuite, type Call } from '../state.suite.js';

const RSA = {
  kty: 'RSA',
  e: 'AQAB',
  // Any 2048-bit modulus: nothing is signed with it here.
  n: Buffer.alloc(256, 0xab).toString('base64url'),
};
const client: JsonObject = {
  clientId: 'clinic',
  clientName: 'Clinic',
  relyingPartyId: 'clinic-rp',
  logoUri: 'https://clinic.example/logo.png',
  redirectUris: ['https://clinic.example/callback'],
  authContextRefs: ['idbb:acr:generated-code'],
  publicKey: RSA,
  userClaims: ['name'],
  grantTypes: ['authorization_code'],
  clientAuthMethods: ['private_key_jwt'],
};

async function ask(call: Call, path: string, request: JsonObject): Promise<BlockResponse> {
  const body = { requestTime: '2025-03-01T08:00:00.000Z', request };
  return call(path.startsWith('/client-mgmt/oidc-client/') ? 'PUT' : 'POST', path, {
    body,
    headers: { 'x-xsrf-token': 'any', 'partner-id': 'maker', 'partner-api-key': 'any' },
  });
}

const response = (answer: BlockResponse): JsonObject | undefined =>
  expectBody<{ response?: JsonObject }>(answer).response;

/** This block has no operation that reads a client or a transaction: each shows where it is used. */
stateSuite('identity', {
  create: (deps) => createIdentityBlock(deps),
  seeds: { persons: [{ individualId: 'IND-1', name: 'Amina' }] },
  things: [
    {
      name: 'a client',
      create: async (call) =>
        response(await ask(call, '/client-mgmt/oidc-client', client))?.clientId as string,
      read: async (call, clientId) => {
        const opened = await ask(call, '/linked-authorization/link-code', {
          transactionId: `t-${clientId}`,
          clientId,
        });
        const linkCode = response(opened)?.linkCode;
        if (linkCode === undefined) return undefined;
        return response(await ask(call, '/linked-authorization/link-transaction', { linkCode }));
      },
      created: { clientName: 'Clinic', logoUrl: 'https://clinic.example/logo.png' },
      update: {
        run: async (call, clientId) => {
          const { clientId: _id, publicKey: _key, relyingPartyId: _party, ...rest } = client;
          const change = { ...rest, clientName: 'Clinic of the north', status: 'active' };
          expectBody(await ask(call, `/client-mgmt/oidc-client/${clientId}`, change));
        },
        expected: { clientName: 'Clinic of the north' },
      },
      delete: async (call, clientId) => {
        const { clientId: _id, publicKey: _key, relyingPartyId: _party, ...rest } = client;
        expectBody(await ask(call, `/client-mgmt/oidc-client/${clientId}`, { ...rest, status: 'inactive' }));
      },
    },
    {
      name: 'a linked transaction',
      create: async (call) => {
        const opened = await ask(call, '/linked-authorization/link-code', { transactionId: 't-1' });
        const linkCode = response(opened)?.linkCode as string;
        await ask(call, '/linked-authorization/link-transaction', { linkCode });
        return linkCode;
      },
      read: async (call, linkCode) =>
        response(await ask(call, '/linked-authorization/link-status', { transactionId: 't-1', linkCode })),
      created: { linkStatus: 'LINKED', linkedDateTime: '1740816000000' },
    },
    {
      name: 'a wallet binding',
      create: async (call) => {
        const bound = await ask(call, '/wallet-binding', binding());
        return response(bound)?.walletUserId as string;
      },
      // Nothing reads bindings: that a key is bound shows where it is refused.
      read: async (call) => {
        const { errors } = expectBody<{ errors: readonly JsonObject[] }>(
          await ask(call, '/wallet-binding', binding()),
        );
        return errors[0]?.errorCode === 'duplicate_public_key' ? { bound: true } : undefined;
      },
      created: { bound: true },
    },
  ],
});

function binding(): JsonObject {
  return {
    individualId: 'IND-1',
    authFactorType: 'WLA',
    format: 'jwt',
    challengeList: [{ authFactorType: 'OTP', challenge: '111111', format: 'number' }],
    publicKey: RSA,
  };
}
