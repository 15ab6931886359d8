import { createHash } from 'node:crypto';
import { errors, importJWK, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { JsonObject } from '../../../contracts/json.js';
import type { OperationAnswer } from '../../kit/block-definition.js';
import { saveTransaction } from '../answers.js';
import type { Endpoints, EndpointsOf } from '../endpoints.js';
import { formOf } from '../form.js';
import { recordEvent } from '../events.js';
import { signingKey, type SigningKey } from '../signing-key.js';
import { findTransaction } from '../transactions.js';
import type { ClientDoc, IdentityContext, IdentityOperation, TransactionDoc } from '../state.js';

const LIFETIME_SECONDS = 3600;
const members = [
  'grant_type',
  'code',
  'client_id',
  'client_assertion_type',
  'client_assertion',
  'redirect_uri',
] as const;
type TokenRequest = { readonly code_verifier?: string } & Readonly<Record<(typeof members)[number], string>>;

/** bb-identity, token: authorization code and private_key_jwt (RS256) for an ID token and an access token, once per code. */
export function createToken(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const request: Partial<TokenRequest> = Object.fromEntries(formOf(context.body));
    const missing = members.find((name) => (request[name] ?? '') === '');
    if (missing !== undefined) return refuse('invalid_request', `${missing} is required`);
    const { code, client_id, client_assertion, redirect_uri, client_assertion_type, grant_type } =
      request as TokenRequest;
    if (grant_type !== 'authorization_code')
      return refuse('invalid_request', 'grant_type must be authorization_code');
    if (client_assertion_type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return refuse('invalid_assertion_type', 'client_assertion_type must be the jwt-bearer type');
    const client = (await context.state.clients.get(client_id))?.doc;
    if (client?.status !== 'active' || client.publicKey === undefined)
      return refuse('invalid_assertion', 'client_id is no active client with a key');
    const endpoints = endpointsOf(context.workspace);
    const problem = await checkAssertion(context, client, client_assertion, endpoints);
    if (problem !== undefined) return refuse('invalid_assertion', problem);
    const transaction = await findTransaction(context.state, { code });
    if (transaction?.clientId !== client._id || transaction.codeUsed)
      return refuse('invalid_transaction', 'code is not known, or was used before');
    if (transaction.redirectUri !== redirect_uri)
      return refuse('invalid_redirect_uri', 'redirect_uri is not the one of the sign-in');
    const verifier = request.code_verifier ?? '';
    if (transaction.codeChallenge !== undefined && transaction.codeChallenge !== sha256(verifier))
      return refuse('invalid_transaction', 'code_verifier does not fit the code_challenge of the sign-in');
    const body = await issue(context, { client, transaction, key: await signingKey(context), endpoints });
    return {
      status: 200,
      rule: 'tokens',
      headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
      body,
      effects: [
        saveTransaction({ ...transaction, codeUsed: true }),
        recordEvent(context, {
          individualId: transaction.individualId ?? '',
          requestType: 'AUTHENTICATION_REQUEST',
          summary: `Signed in at ${client.clientName}`,
          info: {
            partnerId: client.relyingPartyId,
            partnerName: client.clientName,
            authenticationMode: transaction.acr ?? '',
            attributeList: (transaction.acceptedClaims ?? []).join(', '),
          },
        }).effect,
      ],
    };
  };
}

async function checkAssertion(
  { deps }: IdentityContext,
  client: ClientDoc,
  assertion: string,
  { issuer, token }: Endpoints,
): Promise<string | undefined> {
  try {
    const key = await importJWK({ ...client.publicKey, kty: 'RSA' }, 'RS256');
    await jwtVerify(assertion, key, {
      algorithms: ['RS256'],
      issuer: client._id,
      subject: client._id,
      audience: [token, issuer],
      requiredClaims: ['exp', 'iat'],
      currentDate: deps.realClock.now(),
    });
    return undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return `client_assertion: ${error.message}`;
    throw error;
  }
}

async function issue(
  { deps }: IdentityContext,
  {
    client,
    transaction,
    key,
    endpoints,
  }: { client: ClientDoc; transaction: TransactionDoc; key: SigningKey; endpoints: Endpoints },
): Promise<JsonObject> {
  const now = Math.floor(deps.realClock.now().getTime() / 1000);
  const sign = (claims: JWTPayload, audience: string, type: string): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: type })
      .setIssuer(endpoints.issuer)
      .setSubject(pairwiseSubject(client, transaction.individualId ?? ''))
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME_SECONDS)
      .sign(key.privateKey);
  const accessToken = await sign(
    { transaction: transaction._id, client_id: client._id },
    endpoints.userinfo,
    'at+jwt',
  );
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  const idToken = await sign(
    {
      auth_time: Math.floor(Date.parse(transaction.authenticatedAt ?? '') / 1000),
      acr: transaction.acr,
      at_hash: half.toString('base64url'),
      ...(transaction.nonce === undefined ? {} : { nonce: transaction.nonce }),
    },
    client._id,
    'JWT',
  );
  return { id_token: idToken, access_token: accessToken, token_type: 'Bearer', expires_in: LIFETIME_SECONDS };
}

/** Different for each relying party, so that two of them cannot compare notes; never the foundational identifier. */
function pairwiseSubject({ relyingPartyId }: ClientDoc, individualId: string): string {
  return `p${createHash('sha256').update(`${relyingPartyId} ${individualId}`).digest('base64url')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function refuse(error: string, description: string): OperationAnswer {
  return { status: 400, rule: `error:${error}`, body: { error, error_description: description } };
}
