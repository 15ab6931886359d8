import type { Block, BlockResponse, Method } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createSchedulerBlock } from '../../../mocks/scheduler/block.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

export interface SchedulerBench extends TestDeps {
  readonly block: Block;
  /** With `qry` as JSON text, or with parameters as they are. */
  call(
    method: Method,
    path: string,
    query: Record<string, string | JsonObject | undefined>,
    key?: string,
  ): Promise<BlockResponse>;
  /** Creates something and answers its identifiers. */
  make(kind: string, qry: JsonObject): Promise<readonly string[]>;
  list(kind: string, qry?: JsonObject): Promise<readonly { readonly details: JsonObject }[]>;
  /** Runs the oldest waiting alarm at its time. */
  ring(): Promise<void>;
}

export async function openSchedulerBench(): Promise<SchedulerBench> {
  const bench = testDeps();
  const block = createSchedulerBlock(bench.deps);
  await block.reset(WORKSPACE, {
    entities: [{ id: 'msw', name: 'Ministry of Social Welfare', category: 'ministry' }],
  });
  const call: SchedulerBench['call'] = (method, path, given, key) => {
    const query: Record<string, string> = { requestor_id: 'usct', request_token: 'any' };
    for (const [name, value] of Object.entries(given))
      if (value !== undefined) query[name] = typeof value === 'string' ? value : JSON.stringify(value);
    return block.handle(WORKSPACE, {
      method,
      path,
      query,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  };
  return {
    ...bench,
    block,
    call,
    make: async (kind, qry) => {
      const answer = await call('POST', `/${kind}/new`, { qry });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer));
      const [name, ids = ''] = (answer.body as string).split(':');
      if (name !== `${kind}_id`) throw new Error(`unexpected answer ${answer.body as string}`);
      return ids.split(',');
    },
    list: async (kind, qry = {}) => {
      const answer = await call('GET', `/${kind}/list_details`, { qry });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer));
      return (answer.body as unknown as [{ details: JsonObject }[]])[0];
    },
    ring: async () => {
      const { job, time } = bench.takeJob('alert');
      if (time.kind !== 'at') throw new Error('an alarm waits for an instant of the workspace clock');
      bench.clock.set(time.instant);
      await block.runJob(WORKSPACE, job);
    },
  };
}
