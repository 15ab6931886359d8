import type { Block, BlockDeps } from '../../../contracts/block.js';
import type { Document } from '../../../contracts/documents.js';
import type { JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import { createContractBlock, type BlockOptions } from '../../../mocks/kit/contract-block.js';
import { put } from '../../../mocks/kit/effects.js';
import type { ScopedCollection } from '../../../mocks/kit/state.js';

/** A block of two small collections, to try the kit on: pots that hold numbers, and a list of what was done. */
export interface PotDocument extends Document {
  readonly amount: number;
}

export interface PotState {
  readonly pots: ScopedCollection<PotDocument>;
  readonly deeds: ScopedCollection<Document>;
}

const pot: JsonObject = {
  type: 'object',
  required: ['id', 'amount'],
  properties: { id: { type: 'string', maxLength: 8 }, amount: { type: 'number', minimum: 0 } },
};
const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const potAnswer: JsonObject = { description: 'the pot', ...json({ $ref: '#/components/schemas/Pot' }) };

const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Pots', version: '1' },
  components: {
    schemas: { Pot: pot },
    parameters: {
      PotId: { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 8 } },
    },
  },
  paths: {
    '/pots': {
      get: {
        operationId: 'listPots',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'X-Reader', in: 'header', required: true, schema: { type: 'string' } },
        ],
        responses: {
          200: {
            description: 'all',
            ...json({ type: 'array', items: { $ref: '#/components/schemas/Pot' } }),
          },
        },
      },
      post: {
        operationId: 'createPot',
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/Pot' }) },
        responses: { 201: potAnswer },
      },
      'x-sandbox-operations': [
        {
          method: 'post',
          operationId: 'fillPots',
          'x-sandbox-when': { query: { command: 'fill' } },
          requestBody: json({ type: 'object', properties: { by: { type: 'number' } } }),
          responses: { 204: { description: 'done' } },
        },
      ],
    },
    '/pots/{id}': {
      parameters: [{ $ref: '#/components/parameters/PotId' }],
      get: { operationId: 'readPot', responses: { 200: potAnswer } },
      put: {
        operationId: 'writePot',
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/Pot' }) },
        responses: { 200: potAnswer },
      },
    },
    '/pots/{id}/{field}.{ext}': {
      get: {
        operationId: 'readField',
        responses: { 200: { description: 'echo', ...json({ type: 'object' }) } },
      },
    },
    '/broken': { get: { operationId: 'broken', responses: { 200: potAnswer } } },
  },
};

export function createSampleBlock(deps: BlockDeps, options?: BlockOptions): Block {
  return createContractBlock<PotState>(
    {
      id: 'registration',
      title: 'Pots',
      openapi: document,
      state: (scope) => ({ pots: scope.collection<PotDocument>('pots'), deeds: scope.collection('deeds') }),
      operations: {
        listPots: async ({ state }) => ({
          status: 200,
          rule: 'listed',
          body: (await state.pots.find()).map(({ doc }) => ({ id: doc._id, amount: doc.amount })),
        }),
        createPot: async ({ body, key }) => {
          const { id, amount } = body as { id: string; amount: number };
          return {
            status: 201,
            rule: 'created',
            body: { id, amount },
            effects: [put('pots', { _id: id, amount }), put('deeds', { _id: key })],
            callbacks: [
              {
                id: `pot-${id}`,
                block: 'registration',
                operationId: 'potCreated',
                url: 'http://localhost/cb',
                body: { id },
              },
            ],
            jobs: [
              {
                job: { id: `job-${id}`, name: 'double', data: { id } },
                time: { kind: 'after', milliseconds: 5 },
              },
            ],
          };
        },
        fillPots: async ({ state, body }) => ({
          status: 204,
          rule: 'filled',
          effects: (await state.pots.find()).map(({ doc }) => ({
            kind: 'put',
            collection: 'pots',
            doc: {
              ...doc,
              amount: doc.amount + ((body as { by?: number } | undefined)?.by ?? 1),
            },
          })),
        }),
        readPot: async ({ state, path }) => {
          const found = await state.pots.get(path.id ?? '');
          if (!found) throw new SandboxError('GSB-REQ-002', { detail: `no pot ${path.id ?? ''}` });
          return { status: 200, rule: 'found', body: { id: found.doc._id, amount: found.doc.amount } };
        },
        writePot: async ({ body }) => {
          const { id, amount } = body as { id: string; amount: number };
          return {
            status: 200,
            rule: 'written',
            body: { id, amount },
            effects: [put('pots', { _id: id, amount })],
          };
        },
        readField: async ({ path }) => ({ status: 200, rule: 'echo', body: { ...path } }),
        broken: async () => ({ status: 200, rule: 'never', body: { id: 'x' } }),
      },
      jobs: {
        double: async ({ state, data }) => {
          const found = await state.pots.get(data.id as string);
          if (!found) return;
          const doc = { ...found.doc, amount: found.doc.amount * 2 };
          return { effects: [put('pots', doc)] };
        },
      },
      seed: async ({ state }, seeds) => {
        await state.pots.putMany(
          (seeds.pots ?? []).map((seed) => ({ _id: seed.id as string, amount: seed.amount as number })),
        );
      },
    },
    deps,
    options,
  );
}
