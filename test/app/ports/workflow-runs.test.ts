import { afterEach, describe, expect, it } from '@jest/globals';
import type { BlockResponse, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createWorkflowRuns } from '../../../app/ports/workflow-runs.js';
import type { UseCaseCatalog } from '../../../app/use-case-catalog.js';
import { createWorkflowBlock } from '../../../mocks/workflow/block.js';
import { testDeps } from '../../mocks/kit/test-deps.js';
import { createWorld, workspace, type World } from '../../orchestrator/runtime/world.js';

const WAITING = `
document: { dsl: 1.0.3, namespace: test, name: test, version: 1.0.0, title: Test }
do:
  - pause:
      wait: { days: 1 }
`;

let world: World;
afterEach(() => world.close());

/** The block over a runtime on memory adapters, with one use case of two kinds of cases. */
async function open(): Promise<
  (method: Method, path: string, body?: Json, key?: string) => Promise<BlockResponse>
> {
  world = await createWorld({ documents: [WAITING] });
  const kind = { title: 'Test', workflow: 'test', startedBy: ['trainer'], form: 'ask' };
  const manifest = { id: 'test', cases: { test: kind, later: { ...kind, startedBy: [] } } };
  const catalog = {
    useCases: [{ manifest }],
    latest: () => ({ namespace: 'test', name: 'test', version: '1.0.0' }),
    formViolations: (_useCase: string, _form: string, data: JsonObject) =>
      data['amount'] === undefined ? [{ pointer: '/amount', message: 'is required' }] : [],
  } as unknown as UseCaseCatalog;
  const { deps } = testDeps();
  const runs = createWorkflowRuns({ catalog, ids: deps.ids, runtime: () => world.runtime });
  const block = createWorkflowBlock(deps, { runs });
  return (method, path, body, key) =>
    block.handle(workspace, {
      method,
      path,
      query: {},
      headers: key === undefined ? {} : { 'idempotency-key': key },
      ...(body === undefined ? {} : { body }),
    });
}

const values = { processStartedBy: 'clerk', InstanceValues: [{ code: 'amount', value: '5' }] };

describe('the workflow building block over the sandbox’s own runs', () => {
  it('offers the kinds of cases as processes, in both shapes', async () => {
    const send = await open();
    const list = (await send('GET', '/processes')).body as readonly JsonObject[];
    expect(list.map(({ id, isExecutable }) => [id, isExecutable])).toEqual([
      ['test:test', true],
      ['test:later', false],
    ]);
    expect((await send('GET', '/processes/test:test')).body).toMatchObject({
      name: 'Test',
      version: '1.0.0',
      processDefinition: { name: 'Test', version: '1.0.0' },
    });
  });

  it('starts a run once per key, shows it, and cancels it', async () => {
    const send = await open();
    const started = await send('POST', '/processes/test:test/start', values, 'key-1');
    expect(started).toMatchObject({
      status: 201,
      body: { processRef: 'test:test', ended: false, state: 'running' },
    });
    const again = await send('POST', '/processes/test:test/start', values, 'key-1');
    expect(again.body).toEqual(started.body);
    await world.settle();
    const { id } = started.body as { id: string };
    const [run, ...others] = await world.runtime.store.runs.find();
    expect(others).toEqual([]);
    expect((await send('GET', `/instances/${id}`)).body).toMatchObject({
      id: Number(id),
      processRef: 'test:test',
      state: 'running',
      initTime: run?.doc.startedAt,
    });
    expect((await send('GET', '/instances')).body).toMatchObject([{ id: Number(id) }]);
    expect(await send('POST', `/instances/${id}/stop`)).toMatchObject({
      status: 201,
      body: { id, ended: true, state: 'stopped' },
    });
    await world.settle();
    expect((await world.runtime.store.runs.find())[0]?.doc.status).toBe('cancelled');
    expect((await send('POST', `/instances/${id}/stop`)).headers['x-sandbox-rule']).toBe('repeated');
  });

  it('refuses what the form refuses, what only runs begin, and what is kept in files', async () => {
    const send = await open();
    const unfit = await send('POST', '/processes/test:test/start', { processStartedBy: 'clerk' });
    expect(unfit).toMatchObject({
      status: 400,
      body: { code: 'GSB-REQ-001', detail: 'InstanceValues/amount: is required' },
    });
    expect((await send('POST', '/processes/test:later/start', values)).status).toBe(409);
    expect((await send('POST', '/processes/none/start', values)).status).toBe(404);
    expect((await send('DELETE', '/processes/test:test')).status).toBe(409);
    expect((await send('PUT', '/processes/test:test', {})).status).toBe(409);
    expect((await send('GET', '/instances/12345')).status).toBe(404);
    expect(await world.runtime.store.runs.find()).toEqual([]);
  });
});
