import type { Block, BlockResponse, BlockSeeds, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createRegistrationBlock } from '../../../mocks/registration/block.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

export const SERVICE = 'f6a1d8a2-52d0-4f4e-9a0e-3c1f0c0a7b11';
export const CLOSED = 'c2b5e0b4-8f65-4d0f-8a3c-6f3d2b9c1e22';
export const UNKNOWN = '11111111-1111-4111-8111-111111111111';

export const seeds: BlockSeeds = {
  eForms: [
    {
      eFormId: 'household-form',
      name: 'Household',
      description: 'Who lives together',
      schema: {
        type: 'object',
        required: ['householdSize'],
        additionalProperties: false,
        properties: {
          householdSize: { type: 'integer', minimum: 1 },
          region: { type: 'string', enum: ['North', 'South'] },
        },
      },
    },
    { eFormId: 'other-form', name: 'Other', schema: {} },
  ],
  services: [
    {
      id: SERVICE,
      name: 'Household support',
      description: 'Cash for households',
      eForms: ['household-form'],
      role: { id: 'case-officer', name: 'Case officer' },
    },
    { id: CLOSED, name: 'Winter aid', isClosed: true },
  ],
};

interface Parts {
  readonly body?: Json;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Registration extends TestDeps {
  readonly block: Block;
  readonly send: (method: Method, path: string, parts?: Parts) => Promise<BlockResponse>;
  /** Submits an application and returns its file identifier. */
  readonly submit: (applicantId: string, more?: JsonObject) => Promise<string>;
}

export async function startRegistration(given: BlockSeeds = seeds): Promise<Registration> {
  const kit = testDeps();
  const block = createRegistrationBlock(kit.deps);
  await block.reset(WORKSPACE, given);
  const send: Registration['send'] = (method, path, { body, query = {}, headers = {} } = {}) =>
    block.handle(WORKSPACE, {
      method,
      path,
      query,
      headers: { 'information-mediator-client': 'GOVSTACK/GOV/social-ministry/cash-transfer', ...headers },
      ...(body === undefined ? {} : { body }),
    });
  return {
    ...kit,
    block,
    send,
    submit: async (applicantId, more = {}) => {
      const answer = await send('POST', `/services/${SERVICE}/applications`, {
        body: submission(applicantId, more),
      });
      kit.clock.forward(1000);
      return (answer.body as { fileId: string }).fileId;
    },
  };
}

export function submission(applicantId: string, more: JsonObject = {}): JsonObject {
  return {
    applicationName: `Application of ${applicantId}`,
    applicantId,
    formData: { eFormId: 'household-form', data: { householdSize: 4 } },
    ...more,
  };
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a typed view of a JSON answer
export function bodyOf<T>(answer: BlockResponse): T {
  return answer.body as unknown as T;
}

export function messageOf(answer: BlockResponse): string {
  return bodyOf<{ message: string }>(answer).message;
}
