import type { Block, BlockResponse, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createIdentityBlock } from '../../../mocks/identity/block.js';
import { openIdentityState, type KeyDoc } from '../../../mocks/identity/state.js';
import { createStateScope } from '../../../mocks/kit/state.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

export const AMINA = '9038952310';

export interface IdentityBench extends TestDeps {
  readonly block: Block;
  send(method: Method, path: string, body?: Json, headers?: Record<string, string>): Promise<BlockResponse>;
  /** Posts `request` wrapped as this block wants it, with the CSRF header. */
  post(path: string, request: JsonObject): Promise<Answer>;
  /** Link code and linked transaction of a new sign-in. */
  begin(
    transactionId: string,
    extra?: JsonObject,
  ): Promise<{ linkCode: string; linkedTransactionId: string }>;
  authenticate(linkedTransactionId: string, individualId?: string, otp?: string): Promise<Answer>;
  /** Hands in a packet with one finger. */
  enroll(packet: string, sample: string): Promise<BlockResponse>;
  /** Authenticates by a sample. */
  showBody(
    linkedTransactionId: string,
    sample: string,
    individualId?: string,
    format?: string,
  ): Promise<BlockResponse>;
}

export interface Answer {
  readonly response?: Record<string, string>;
  readonly errors: readonly { readonly errorCode: string }[];
}

export async function openIdentityBench(): Promise<IdentityBench> {
  const bench = testDeps();
  const block = createIdentityBlock(bench.deps, { publicUrl: 'https://sandbox.example/' });
  await block.reset(WORKSPACE, {
    persons: [
      {
        individualId: AMINA,
        name: 'Amina Diallo',
        givenName: 'Amina',
        birthdate: '1990-05-01',
        phone: '+99900000001',
      },
    ],
  });
  await lendSigningKey(bench, block);
  const send: IdentityBench['send'] = (method, path, body, headers = {}) =>
    block.handle(WORKSPACE, { method, path, query: {}, headers, ...(body === undefined ? {} : { body }) });
  const post: IdentityBench['post'] = async (path, request) => {
    const body = { requestTime: '2025-03-01T08:00:00.000Z', request };
    const answer = await send('POST', path, body, { 'x-xsrf-token': 'any' });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
    return answer.body as unknown as Answer;
  };
  return {
    ...bench,
    block,
    send,
    post,
    begin: async (transactionId, extra = {}) => {
      const code = await post('/linked-authorization/link-code', { transactionId, ...extra });
      const linkCode = code.response?.linkCode ?? '';
      const linked = await post('/linked-authorization/link-transaction', { linkCode });
      return { linkCode, linkedTransactionId: linked.response?.linkTransactionId ?? '' };
    },
    authenticate: (linkedTransactionId, individualId = AMINA, otp = '111111') =>
      post('/linked-authorization/authenticate', {
        linkedTransactionId,
        individualId,
        challengeList: [{ authFactorType: 'OTP', challenge: otp, format: 'number' }],
      }),
    enroll: (packet, sample) => {
      const finger = { bdbInfo: { type: ['FINGER'], subtype: ['Left', 'Thumb'] }, bdb: [sample] };
      return send('PUT', '/enrollment', { request: { id: packet, biometrics: { segment: [finger] } } });
    },
    showBody: (linkedTransactionId, sample, individualId = AMINA, format = 'alpha-numeric') => {
      const challengeList = [{ authFactorType: 'BIO', challenge: sample, format }];
      const request = { linkedTransactionId, individualId, challengeList };
      return send('POST', '/linked-authorization/authenticate', { requestTime: '2025-03-01', request });
    },
  };
}

let signingKey: KeyDoc | undefined;

/** Making a key takes long: the first bench of a test file makes one, the others are given the same. */
async function lendSigningKey({ deps }: TestDeps, block: Block): Promise<void> {
  const { keys } = openIdentityState(createStateScope(deps.documents, 'identity', WORKSPACE));
  if (signingKey === undefined) {
    await block.handle(WORKSPACE, { method: 'GET', path: '/.well-known/jwks.json', query: {}, headers: {} });
    const [made] = await keys.find();
    signingKey = made?.doc;
  } else {
    await keys.put(signingKey);
  }
}

export function errorOf(answer: Answer): string | undefined {
  return answer.errors[0]?.errorCode;
}
