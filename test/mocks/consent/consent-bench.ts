import type { Attestation, Block, BlockResponse, BlockSeeds } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createConsentBlock } from '../../../mocks/consent/block.js';
import { createConsentLookup, type LiveConsent } from '../../../mocks/consent/lookup.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

export const AGREEMENT = 'usct-registration';
export const PERSON = 'person-amina';
export const NATIONAL_ID = '9038952310';

const seeds: BlockSeeds = {
  policies: [
    { id: 'social', name: 'Social data policy', version: '1.0.0', url: 'https://policy.example/social' },
  ],
  dataAgreements: [
    {
      id: AGREEMENT,
      purpose: 'Check whether a household may receive the cash transfer',
      lawfulBasis: 'consent',
      controller: { id: 'msw', name: 'Ministry of Social Welfare', url: 'https://msw.example/' },
      policy: {
        id: 'social',
        name: 'Social data policy',
        version: '1.0.0',
        url: 'https://policy.example/social',
      },
      attributes: [
        { name: 'birthdate', category: 'identity', sensitivity: 'normal', service: 'population-registry' },
        { name: 'income', category: 'economic', sensitivity: 'high' },
      ],
      active: true,
      consentValidDays: 30,
    },
    { id: 'closed', purpose: 'A programme that has ended', lawfulBasis: 'consent', active: false },
  ],
};

export interface ConsentBench extends TestDeps {
  readonly block: Block;
  send(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: Json,
    key?: string,
  ): Promise<BlockResponse>;
  /** Lets the platform attest something; the text stands for the JWS. */
  attest(jws: string, attestation?: Partial<Attestation>): void;
  /** Creates the person's individual and answers its id. */
  individual(person?: string, nationalId?: string): Promise<string>;
  sign(individual: string, signature: JsonObject, change?: JsonObject, key?: string): Promise<BlockResponse>;
  live(subject?: string, agreement?: string): Promise<LiveConsent | undefined>;
}

export async function openConsentBench(): Promise<ConsentBench> {
  const attested = new Map<string, Attestation>();
  const bench = testDeps({ attestations: { verify: async (jws) => attested.get(jws) } });
  const block = createConsentBlock(bench.deps);
  await block.reset(WORKSPACE, seeds);
  const lookup = createConsentLookup(bench.deps);
  const send: ConsentBench['send'] = (method, target, body, key) => {
    const [path = '', query = ''] = target.split('?');
    return block.handle(WORKSPACE, {
      method,
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: key === undefined ? {} : { 'idempotency-key': key },
      ...(body === undefined ? {} : { body }),
    });
  };
  return {
    ...bench,
    block,
    send,
    attest: (jws, attestation = {}) => {
      attested.set(jws, {
        workspace: WORKSPACE,
        taskId: `task-of-${jws}`,
        subject: 'subject-amina',
        roles: ['citizen'],
        person: PERSON,
        agreement: AGREEMENT,
        decision: 'granted',
        capacity: 'self',
        at: bench.clock.now().toISOString(),
        ...attestation,
      });
    },
    individual: async (person = PERSON, nationalId = NATIONAL_ID) => {
      const answer = await send('POST', '/service/individual/', {
        individual: { externalId: person, externalIdType: 'person-ref', identityProviderId: nationalId },
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer));
      return (answer.body as { individual: { id: string } }).individual.id;
    },
    sign: (individual, signature, change = {}, key) =>
      send(
        'POST',
        '/service/individual/record/consent-record/',
        {
          consentRecord: {
            dataAgreement: { id: AGREEMENT },
            individual: { id: individual },
            optIn: true,
            ...change,
          },
          signature,
        },
        key,
      ),
    live: (subject = NATIONAL_ID, agreement = AGREEMENT) =>
      lookup.live(WORKSPACE, { agreement, subject, at: bench.clock.now() }),
  };
}

export function ruleOf(answer: BlockResponse): string | undefined {
  return answer.headers['x-sandbox-rule'];
}

export function recordOf(answer: BlockResponse): JsonObject & { id: string } {
  return (answer.body as { consentRecord: JsonObject & { id: string } }).consentRecord;
}
