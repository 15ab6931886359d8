import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { JsonObject } from '../../../../contracts/json.js';
import { textAt } from '../../json-at.js';
import type { Answer, CallParts, CheckContext } from '../../suite.js';

export const REDIRECT = 'https://clinic.example/callback';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const CSRF = { 'X-XSRF-TOKEN': 'check' };

/** Requests come wrapped, with the time at which they were made. */
export const wrapped = (request: JsonObject, headers: Record<string, string> = {}): CallParts => ({
  headers,
  body: { requestTime: new Date(0).toISOString(), request },
});

export const withCsrf = (request: JsonObject): CallParts => wrapped(request, CSRF);

export interface Client {
  readonly clientId: string;
  readonly key: CryptoKey;
  readonly publicKey: JsonObject;
}

let keys: Promise<{ readonly key: CryptoKey; readonly publicKey: JsonObject }> | undefined;

/** Making an RSA key takes long, and one is as good as another for every client of the checks. */
function clientKeys(): Promise<{ readonly key: CryptoKey; readonly publicKey: JsonObject }> {
  keys ??= (async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    return { key: privateKey, publicKey: await exportJWK(publicKey) };
  })();
  return keys;
}

export async function newClient(c: CheckContext): Promise<Client> {
  return { clientId: c.unique('client-'), ...(await clientKeys()) };
}

export const clientDetails = (c: CheckContext): JsonObject => ({
  clientName: 'Clinic',
  logoUri: 'https://clinic.example/logo.png',
  redirectUris: [REDIRECT],
  authContextRefs: ['idbb:acr:generated-code'],
  userClaims: [c.fixtures.text('claim'), c.fixtures.text('otherClaim')],
  grantTypes: ['authorization_code'],
  clientAuthMethods: ['private_key_jwt'],
});

export const registrationOf = (c: CheckContext, { clientId, publicKey }: Client): JsonObject => ({
  ...clientDetails(c),
  clientId,
  relyingPartyId: `${clientId}-rp`,
  publicKey,
});

export async function registeredClient(c: CheckContext): Promise<Client> {
  const client = await newClient(c);
  await c.call('post-client', wrapped(registrationOf(c, client)));
  return client;
}

export interface SignIn {
  readonly transactionId: string;
  readonly linkCode: string;
  readonly linkedTransactionId: string;
  readonly nonce: string;
}

export async function linkCode(
  c: CheckContext,
  client?: Client,
): Promise<Omit<SignIn, 'linkedTransactionId'>> {
  const transactionId = c.unique('t-');
  const nonce = c.unique('n-');
  const asked =
    client === undefined
      ? {}
      : {
          clientId: client.clientId,
          claims: [c.fixtures.text('claim'), c.fixtures.text('otherClaim')],
          nonce,
        };
  const code = await c.call('get-authorization-generate-link-code', withCsrf({ transactionId, ...asked }));
  return { transactionId, nonce, linkCode: textAt(code, 'response', 'linkCode') };
}

export async function linked(c: CheckContext, client?: Client): Promise<SignIn> {
  const begun = await linkCode(c, client);
  const transaction = await c.call(
    'post-authorization-link-transaction',
    wrapped({ linkCode: begun.linkCode }),
  );
  return { ...begun, linkedTransactionId: textAt(transaction, 'response', 'linkTransactionId') };
}

export const challenge = (
  c: CheckContext,
  linkedTransactionId: string,
  otp?: string,
  individualId?: string,
): CallParts =>
  wrapped({
    linkedTransactionId,
    individualId: individualId ?? c.fixtures.text('individualId'),
    challengeList: [
      { authFactorType: 'OTP', challenge: otp ?? c.fixtures.text('oneTimePassword'), format: 'number' },
    ],
  });

export async function authenticated(
  c: CheckContext,
  client?: Client,
  individualId?: string,
): Promise<SignIn> {
  const signIn = await linked(c, client);
  const { linkedTransactionId } = signIn;
  await c.call('post-linked-authenticate', challenge(c, linkedTransactionId, undefined, individualId));
  return signIn;
}

export const permission = (c: CheckContext, { linkedTransactionId }: SignIn): CallParts =>
  wrapped({
    linkedTransactionId,
    permittedAuthorizeScopes: ['openid'],
    acceptedClaims: [c.fixtures.text('claim')],
  });

export const codeRequest = ({ transactionId, linkCode: linkedCode }: SignIn): CallParts =>
  withCsrf({ transactionId, linkedCode });

export async function authorised(
  c: CheckContext,
  client: Client,
  individualId?: string,
): Promise<SignIn & { readonly code: string }> {
  const signIn = await authenticated(c, client, individualId);
  await c.call('post-linked-consent', permission(c, signIn));
  const code = await c.call('post-authorization-link-auth', codeRequest(signIn));
  return { ...signIn, code: textAt(code, 'response', 'code') };
}

export async function tokenRequest(
  c: CheckContext,
  client: Client,
  code: string,
  change: Record<string, string> = {},
): Promise<CallParts> {
  const discovery = await c.call('get-.well-known-openid-configuration');
  const assertion = await new SignJWT({ jti: c.uuid() })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(client.clientId)
    .setSubject(client.clientId)
    .setAudience(textAt(discovery, 'token_endpoint'))
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(client.key);
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    client_id: client.clientId,
    client_assertion_type: ASSERTION,
    client_assertion: assertion,
    redirect_uri: REDIRECT,
    ...change,
  });
  return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() };
}

export interface Tokens {
  readonly client: Client;
  readonly signIn: SignIn;
  /** Used up. */
  readonly code: string;
  readonly answer: Answer;
}

export async function tokens(c: CheckContext, individualId?: string): Promise<Tokens> {
  const client = await registeredClient(c);
  const { code, ...signIn } = await authorised(c, client, individualId);
  const answer = await c.call('post-token', await tokenRequest(c, client, code));
  return { client, signIn, code, answer };
}

export const bearer = (answer: Answer): CallParts => ({
  headers: { authorization: `Bearer ${textAt(answer, 'access_token')}` },
});
