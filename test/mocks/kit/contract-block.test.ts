import { describe, expect, it } from '@jest/globals';
import { ConnectionLostError, type BlockRequest } from '../../../contracts/block.js';
import type { Collection, Document, DocumentStore } from '../../../contracts/documents.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createContractBlock } from '../../../mocks/kit/contract-block.js';
import { createSampleBlock } from './sample-block.js';
import { testDeps, WORKSPACE } from './test-deps.js';

const create = (id: string, amount: number, key?: string): BlockRequest => ({
  method: 'POST',
  path: '/pots',
  query: {},
  headers: key === undefined ? {} : { 'idempotency-key': key },
  body: { id, amount },
});
const get = (path: string, headers: Record<string, string> = {}): BlockRequest => ({
  method: 'GET',
  path,
  query: {},
  headers,
});

describe('a contract block', () => {
  it('commits effects, callbacks and jobs of an operation, and says which rule answered', async () => {
    const kit = testDeps();
    const block = createSampleBlock(kit.deps);
    const created = await block.handle(WORKSPACE, create('a', 3));
    expect(created).toMatchObject({ status: 201, body: { id: 'a', amount: 3 } });
    expect(created.headers['x-sandbox-rule']).toBe('created');
    expect((await block.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 3 });
    expect(kit.callbacks.map(({ callback }) => callback.id)).toEqual(['pot-a']);
    await block.runJob(WORKSPACE, kit.takeJob('double').job);
    expect((await block.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 6 });
  });

  it('refuses what the contract does not allow, naming the field', async () => {
    const block = createSampleBlock(testDeps().deps);
    const long = await block.handle(WORKSPACE, create('much-too-long', 3));
    expect(long.status).toBe(400);
    expect(long.headers['content-type']).toBe('application/problem+json');
    expect(long.body).toMatchObject({ code: 'GSB-REQ-001', errors: [{ pointer: '/body/id' }] });
    const noBody = await block.handle(WORKSPACE, { method: 'POST', path: '/pots', query: {}, headers: {} });
    expect(noBody.body).toMatchObject({ errors: [{ pointer: '/body', message: 'is required' }] });
    const text = await block.handle(WORKSPACE, { ...create('a', 1), body: '{broken' });
    expect(text.status).toBe(400);
    const noHeader = await block.handle(WORKSPACE, get('/pots'));
    expect(noHeader.body).toMatchObject({ errors: [{ pointer: '/header/x-reader' }] });
    const badQuery = { ...get('/pots', { 'x-reader': 'me' }), query: { limit: 'many' } };
    expect((await block.handle(WORKSPACE, badQuery)).body).toMatchObject({
      errors: [{ pointer: '/query/limit' }],
    });
    const goodQuery = { ...get('/pots', { 'x-reader': 'me' }), query: { limit: '2' } };
    expect((await block.handle(WORKSPACE, goodQuery)).status).toBe(200);
  });

  it('knows unknown paths, wrong methods, trailing slashes, variants by query and paths with extensions', async () => {
    const block = createSampleBlock(testDeps().deps);
    expect((await block.handle(WORKSPACE, get('/nothing'))).status).toBe(404);
    const wrong = await block.handle(WORKSPACE, { ...create('a', 1), method: 'DELETE' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.allow).toBe('GET, POST');
    await block.handle(WORKSPACE, create('a', 1));
    expect((await block.handle(WORKSPACE, get('/pots/a/'))).status).toBe(200);
    const fill = { ...create('a', 1), query: { command: 'fill' }, body: { by: 4 } };
    expect((await block.handle(WORKSPACE, fill)).status).toBe(204);
    expect((await block.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 5 });
    expect((await block.handle(WORKSPACE, get('/pots/a%20b/x.y.json'))).body).toEqual({
      id: 'a b',
      field: 'x.y',
      ext: 'json',
    });
  });

  it('turns thrown problems into refusals and answers outside the contract into defects', async () => {
    const block = createSampleBlock(testDeps().deps);
    const missing = await block.handle(WORKSPACE, get('/pots/zz'));
    expect(missing).toMatchObject({ status: 404, body: { code: 'GSB-REQ-002', detail: 'no pot zz' } });
    const broken = await block.handle(WORKSPACE, get('/broken'));
    expect(broken.status).toBe(500);
    expect(broken.headers['x-sandbox-rule']).toBe('defect:response-contract');
  });

  it('keeps workspaces apart, and a reset seeds one of them anew', async () => {
    const block = createSampleBlock(testDeps().deps);
    const other = workspaceIdSchema.parse('test2');
    await block.handle(WORKSPACE, create('a', 1, 'k'));
    await block.handle(other, create('b', 2));
    expect((await block.handle(other, get('/pots/a'))).status).toBe(404);
    await block.reset(WORKSPACE, { pots: [{ id: 'seeded', amount: 9 }] });
    expect((await block.handle(WORKSPACE, get('/pots/a'))).status).toBe(404);
    expect((await block.handle(WORKSPACE, get('/pots/seeded'))).status).toBe(200);
    expect((await block.handle(other, get('/pots/b'))).status).toBe(200);
    const again = await block.handle(WORKSPACE, create('a', 1, 'k'));
    expect(again.headers['idempotent-replay']).toBeUndefined();
  });

  it('raises an error at once when the document and the operations differ', () => {
    const { deps } = testDeps();
    const definition = {
      id: 'registration',
      title: 'x',
      state: () => ({}),
      seed: async () => undefined,
    } as const;
    const openapi = { paths: { '/a': { get: { operationId: 'declaredOnly', responses: {} } } } };
    const build = () => createContractBlock({ ...definition, openapi, operations: {} }, deps);
    expect(build).toThrow('not implemented: declaredOnly');
    const operations = { other: async () => ({ status: 200, rule: 'x' }) };
    expect(() => createContractBlock({ ...definition, openapi: {}, operations }, deps)).toThrow(
      'not in the document: other',
    );
  });
});

describe('Idempotency-Key', () => {
  it('answers again without a second effect, and refuses another request under the same key', async () => {
    const kit = testDeps();
    const block = createSampleBlock(kit.deps);
    await block.handle(WORKSPACE, create('a', 1, 'k1'));
    await block.handle(WORKSPACE, { ...create('x', 1), query: { command: 'fill' }, body: { by: 10 } });
    const replay = await block.handle(WORKSPACE, { ...create('a', 1, 'k1'), body: { amount: 1, id: 'a' } });
    expect(replay).toMatchObject({ status: 201, body: { id: 'a', amount: 1 } });
    expect(replay.headers['idempotent-replay']).toBe('true');
    expect((await block.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 11 });
    const other = await block.handle(WORKSPACE, create('a', 2, 'k1'));
    expect(other.status).toBe(422);
    expect(other.headers['x-sandbox-rule']).toBe('idempotency-mismatch');
  });

  it('stores no refusal: the corrected request under the same key goes through', async () => {
    const block = createSampleBlock(testDeps().deps);
    expect((await block.handle(WORKSPACE, create('a', -1, 'k1'))).status).toBe(400);
    expect((await block.handle(WORKSPACE, create('a', 1, 'k1'))).status).toBe(201);
  });

  it('is forgotten while the fault is on', async () => {
    const kit = testDeps();
    const block = createSampleBlock(kit.deps);
    await kit.faults.add(WORKSPACE, { id: 'f', block: 'registration', kind: 'ignore-idempotency-key' });
    await block.handle(WORKSPACE, create('a', 1, 'k1'));
    const again = await block.handle(WORKSPACE, create('a', 1, 'k1'));
    expect(again.headers['idempotent-replay']).toBeUndefined();
    expect(await kit.deps.documents.collection('mock-registration-deeds').count()).toBe(2);
  });

  it('serialises concurrent requests: one of two equal ones is the replay', async () => {
    const block = createSampleBlock(testDeps().deps);
    const both = await Promise.all([1, 2].map(() => block.handle(WORKSPACE, create('a', 1, 'k1'))));
    expect(both.map(({ headers }) => headers['idempotent-replay'])).toEqual([undefined, 'true']);
  });
});

describe('faults', () => {
  const on = async (kind: 'error' | 'outage' | 'latency' | 'timeout-after-effect', times?: number) => {
    const kit = testDeps();
    const slept: number[] = [];
    const block = createSampleBlock(kit.deps, {
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
      },
    });
    await kit.faults.add(WORKSPACE, {
      id: 'f',
      block: 'registration',
      operationId: 'createPot',
      kind,
      ...(kind === 'latency' ? { milliseconds: 700 } : {}),
      ...(times === undefined ? {} : { times }),
    });
    return { kit, block, slept };
  };

  it('answers an error without effect, as often as told', async () => {
    const { block } = await on('error', 1);
    expect((await block.handle(WORKSPACE, create('a', 1))).status).toBe(503);
    expect((await block.handle(WORKSPACE, get('/pots/a'))).status).toBe(404);
    expect((await block.handle(WORKSPACE, create('a', 1))).status).toBe(201);
  });

  it('drops the connection before, or after, the effect', async () => {
    const before = await on('outage');
    await expect(before.block.handle(WORKSPACE, create('a', 1))).rejects.toMatchObject({
      beforeEffect: true,
    });
    expect((await before.block.handle(WORKSPACE, get('/pots/a'))).status).toBe(404);
    const after = await on('timeout-after-effect', 1);
    const lost = after.block.handle(WORKSPACE, create('a', 1, 'k'));
    await expect(lost).rejects.toBeInstanceOf(ConnectionLostError);
    expect((await after.block.handle(WORKSPACE, get('/pots/a'))).status).toBe(200);
    const retry = await after.block.handle(WORKSPACE, create('a', 1, 'k'));
    expect(retry.headers['idempotent-replay']).toBe('true');
  });

  it('answers late', async () => {
    const { block, slept } = await on('latency');
    expect((await block.handle(WORKSPACE, create('a', 1))).status).toBe(201);
    expect(slept).toEqual([700]);
  });
});

describe('a crash between record and effects', () => {
  /** Fails every write to the pots, as if the process had died right after the record. */
  function failingOn(documents: DocumentStore, name: string): DocumentStore {
    return {
      ...documents,
      collection<T extends Document>(collection: string, indexes?: readonly string[]): Collection<T> {
        const real = documents.collection<T>(collection, indexes);
        if (collection !== name) return real;
        return {
          ...real,
          put: () => Promise.reject(new Error('killed')),
          putMany: () => Promise.reject(new Error('killed')),
        };
      },
    };
  }

  it('is mended by the next start: effects, callbacks and answer are all there', async () => {
    const documents = createMemoryDocuments();
    const dying = testDeps({ documents: failingOn(documents, 'mock-registration-pots') });
    const first = await createSampleBlock(dying.deps).handle(WORKSPACE, create('a', 1, 'k'));
    expect(first.status).toBe(500);
    const kit = testDeps({ documents });
    const block = createSampleBlock(kit.deps);
    expect((await block.handle(WORKSPACE, get('/pots/a'))).status).toBe(200);
    expect(kit.callbacks).toHaveLength(1);
    expect(kit.jobs).toHaveLength(1);
    const retry = await block.handle(WORKSPACE, create('a', 1, 'k'));
    expect(retry).toMatchObject({ status: 201, headers: { 'idempotent-replay': 'true' } });
  });

  it('does not bring old effects back over what a later request wrote', async () => {
    const documents = createMemoryDocuments();
    const block = createSampleBlock(testDeps({ documents }).deps);
    await block.handle(WORKSPACE, create('a', 1, 'k'));
    await block.handle(WORKSPACE, { ...create('x', 1), query: { command: 'fill' }, body: { by: 10 } });
    const restarted = createSampleBlock(testDeps({ documents }).deps);
    expect((await restarted.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 11 });
  });

  it('does not bring old effects back over what a job wrote since', async () => {
    const documents = createMemoryDocuments();
    const kit = testDeps({ documents });
    const block = createSampleBlock(kit.deps);
    await block.handle(WORKSPACE, create('a', 1, 'k'));
    await block.runJob(WORKSPACE, kit.takeJob().job);
    const restarted = createSampleBlock(testDeps({ documents }).deps);
    expect((await restarted.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 2 });
  });
});

describe('a store that is away', () => {
  /** Passes over `spared` writes, then is away for `lasting` calls of any kind. */
  function flaky(documents: DocumentStore, spared: number, lasting: number): DocumentStore {
    let writes = 0;
    let left = 0;
    const through = <R>(isWrite: boolean, call: () => Promise<R>): Promise<R> => {
      if (isWrite && (writes += 1) === spared + 1) left = lasting;
      if (left === 0) return call();
      left -= 1;
      return Promise.reject(new StoreUnavailableError('documents', { cause: new Error('ECONNREFUSED') }));
    };
    return {
      ...documents,
      collection<T extends Document>(name: string, indexes?: readonly string[]): Collection<T> {
        const real = documents.collection<T>(name, indexes);
        return {
          ...real,
          get: (id) => through(false, () => real.get(id)),
          find: (query) => through(false, () => real.find(query)),
          put: (doc) => through(true, () => real.put(doc)),
          putMany: (docs) => through(true, () => real.putMany(docs)),
        };
      },
    };
  }

  it.each([0, 1, 2])(
    'after %s writes is no answer: asked until it is back, it did it once',
    async (spared) => {
      const kit = testDeps({ documents: flaky(createMemoryDocuments(), spared, 5) });
      const block = createSampleBlock(kit.deps);
      let refusals = 0;
      const ask = async (): Promise<number> => {
        try {
          return (await block.handle(WORKSPACE, create('a', 1, 'k'))).status;
        } catch (error) {
          expect(error).toBeInstanceOf(StoreUnavailableError);
          refusals += 1;
          return ask();
        }
      };
      expect(await ask()).toBe(201);
      expect(refusals).toBeGreaterThan(1);
      expect((await block.handle(WORKSPACE, get('/pots/a'))).body).toEqual({ id: 'a', amount: 1 });
      expect(await kit.deps.documents.collection('mock-registration-deeds').count()).toBe(1);
      expect(kit.callbacks).toHaveLength(1);
      expect(kit.jobs).toHaveLength(1);
    },
  );
});
