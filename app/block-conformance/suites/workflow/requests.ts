import type { JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { CheckContext } from '../../suite.js';

export const definition = (c: CheckContext): JsonObject => ({
  name: c.unique('Process '),
  type: 'Public',
  version: '1',
  isExecutable: true,
  isClosed: false,
  description: 'Made by a conformance check',
  processBody: [{ code: 'category', value: 'check' }],
});

export const registered = async (c: CheckContext): Promise<string> =>
  textAt(await c.call('addProcess', { body: definition(c) }), 'id');

export const begin = async (c: CheckContext, processId: string): Promise<string> =>
  textAt(
    await c.call('start', {
      path: { processId },
      body: {
        processStartedBy: c.fixtures.text('startedBy'),
        InstanceValues: [{ code: 'amount', value: '100' }],
      },
    }),
    'id',
  );

export const instancesOf = async (c: CheckContext, processId: string): Promise<readonly string[]> => {
  const { body } = await c.call('listInstances', { query: { processId } });
  return listAt(body).map((instance) => textAt(instance, 'id'));
};
