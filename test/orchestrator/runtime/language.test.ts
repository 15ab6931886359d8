import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallEffect } from '../../../contracts/catalog-function.js';
import { runIdSchema } from '../../../contracts/ids.js';
import { streams } from '../../../contracts/streams.js';
import { documentOf } from '../engine/drive.js';
import { workflow } from '../engine/workflow-text.js';
import { call, createWorld, workspace, type World } from './world.js';

const worlds: World[] = [];
async function world(options: Parameters<typeof createWorld>[0]): ReturnType<typeof createWorld> {
  const made = await createWorld(options);
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

describe('secrets of a workspace', () => {
  const document = documentOf(
    workflow(
      `
  - get:
      call: http
      with:
        method: get
        endpoint: { uri: 'https://example.org', authentication: { basic: { use: account } } }
      output: { as: '\${ {scheme: $authorization.scheme, length: ($authorization.parameter | length)} }' }`,
      'use: { secrets: [account] }',
    ),
  );

  it('reach the call, show as $authorization, and stay out of the journal', async () => {
    const effects: CallEffect[] = [];
    const here = await world({
      documents: [document],
      secrets: { account: { username: 'clerk', password: 'hunter2' } },
      outbound: (effect) => {
        effects.push(effect);
        return Promise.resolve({
          kind: 'output',
          output: {},
          authorization: { scheme: 'Basic', parameter: 'Y2xlcms6aHVudGVyMg==' },
        });
      },
    });
    const { runId } = await here.open();
    await here.settle();
    expect(effects[0]?.authentication).toEqual({ basic: { username: 'clerk', password: 'hunter2' } });
    const records = await here.kept.journal.read(streams.run(workspace, runIdSchema.parse(runId)));
    expect(records.at(-1)).toMatchObject({
      event: { type: 'run.completed' },
      payload: { output: { scheme: 'Basic', length: 20 } },
    });
    expect(JSON.stringify(records)).not.toMatch(/hunter2|Y2xlcms6/);
  });

  it('that are not kept are an authorization error, and nothing is called', async () => {
    const here = await world({ documents: [document] });
    const { runId } = await here.open();
    await here.settle();
    const last = (await here.events(runId)).at(-1);
    expect(last).toMatchObject({ type: 'run.faulted', error: { status: 403, instance: '/do/0/get' } });
  });
});

describe('cancelling a run', () => {
  it('undoes through the blocks what it did through the blocks, and only then is cancelled', async () => {
    const here = await world({
      documents: [
        workflow(
          `${call('pay', '      metadata: { sandbox: { compensate: payBack } }')}
  - pause: { wait: P1D }`,
          `use:
  functions:
    payBack:
      call: openapi
      with: { document: { endpoint: 'govstack://payments/openapi.json' }, operationId: payBack }`,
        ),
      ],
    });
    const { runId } = await here.open();
    await here.settle();
    await here.runtime.signals.send(workspace, runIdSchema.parse(runId), {
      kind: 'cancel',
      id: 'cancel',
      reason: 'enough',
    });
    await here.settle();
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['pay', 'payBack']);
    const types = (await here.events(runId)).map(({ type }) => type);
    expect(types.slice(-6)).toEqual([
      'signal.received',
      'task.cancelled',
      'run.compensating',
      'task.started',
      'task.completed',
      'run.cancelled',
    ]);
  });
});
