import type { JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { CheckContext, Scenario, Suite } from '../../suite.js';

const definition = (c: CheckContext): JsonObject => ({
  name: c.unique('Process '),
  type: 'Public',
  version: '1',
  isExecutable: true,
  isClosed: false,
  description: 'Made by a conformance check',
  processBody: [{ code: 'category', value: 'check' }],
});

const registered = async (c: CheckContext): Promise<string> =>
  textAt(await c.call('addProcess', { body: definition(c) }), 'id');

const begin = async (c: CheckContext, processId: string): Promise<string> =>
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

const instancesOf = async (c: CheckContext, processId: string): Promise<readonly string[]> => {
  const { body } = await c.call('listInstances', { query: { processId } });
  return listAt(body).map((instance) => String((instance as JsonObject)['id']));
};

const scenarios: readonly Scenario[] = [
  {
    id: 'process-life',
    title: 'A process is registered, read back, listed, changed and removed',
    operations: ['addProcess', 'getProcess', 'getProcessList', 'updateProcess', 'deleteProcess'],
    play: async (c) => {
      const body = definition(c);
      const processId = textAt(await c.call('addProcess', { body }), 'id');
      c.expect(processId !== '', 'a registered process has an identifier', JSON.stringify(processId));
      const read = await c.call('getProcess', { path: { processId } });
      c.holds(
        read.body,
        { id: processId, processDefinition: body },
        'a process is read as it was registered',
      );
      const listed = listAt((await c.call('getProcessList')).body);
      c.expect(
        listed.some((process) => (process as JsonObject)['id'] === processId),
        'a registered process is listed',
        `${listed.length} processes without ${processId}`,
      );
      const changed = { description: 'Changed by a conformance check' };
      await c.call('updateProcess', { path: { processId }, body: changed });
      const after = await c.call('getProcess', { path: { processId } });
      c.holds(
        after.body,
        { processDefinition: { ...body, ...changed } },
        'a change is kept, and nothing else',
      );
      await c.call('deleteProcess', { path: { processId } });
      await c.call('getProcess', { path: { processId } }, 'refused');
    },
  },
  {
    id: 'instance-life',
    title: 'A process is started, watched and stopped',
    operations: ['addProcess', 'start', 'readInstance', 'listInstances', 'stop'],
    play: async (c) => {
      const processId = await registered(c);
      const [one, other] = [await begin(c, processId), await begin(c, processId)];
      c.expect(one !== other, 'each start is an instance of its own', `${one} and ${other}`);
      const running = await c.call('readInstance', { path: { instanceId: one } });
      c.holds(running.body, { processRef: processId, state: 'running' }, 'a started instance runs');
      const listed = await instancesOf(c, processId);
      c.expect(
        listed.includes(one) && listed.includes(other),
        'what was started is listed',
        listed.join(', '),
      );
      c.holds(
        (await c.call('stop', { path: { instanceId: one } })).body,
        { id: one, processRef: processId, ended: true },
        'a stopped instance has ended',
      );
      const stopped = await c.call('readInstance', { path: { instanceId: one } });
      c.holds(stopped.body, { state: 'stopped' }, 'a stopped instance stays stopped');
      const beside = await c.call('readInstance', { path: { instanceId: other } });
      c.holds(beside.body, { state: 'running' }, 'stopping one instance leaves the others');
    },
  },
  {
    id: 'by-process',
    title: 'Instances are listed by their process',
    operations: ['addProcess', 'start', 'listInstances'],
    play: async (c) => {
      const [mine, theirs] = [await registered(c), await registered(c)];
      const instance = await begin(c, mine);
      await begin(c, theirs);
      const listed = await instancesOf(c, mine);
      c.expect(
        listed.length === 1 && listed[0] === instance,
        'only instances of the process that is asked for are listed',
        listed.join(', '),
      );
    },
  },
  {
    id: 'unknown',
    title: 'What is not there is refused',
    operations: ['getProcess', 'start', 'readInstance', 'stop'],
    play: async (c) => {
      const processId = c.unique('unknown-');
      await c.call('getProcess', { path: { processId } }, 'refused');
      await c.call('start', { path: { processId }, body: { processStartedBy: 'check' } }, 'refused');
      const instanceId = `9${c.digits(12)}`;
      await c.call('readInstance', { path: { instanceId } }, 'refused');
      await c.call('stop', { path: { instanceId } }, 'refused');
    },
  },
];

export const workflow: Suite = {
  block: 'workflow',
  specification: { name: 'GovStack bb-workflow', version: '1.0.0' },
  samples: {
    getProcessList: () => ({}),
    addProcess: (c) => ({ body: definition(c) }),
    getProcess: async (c) => ({ path: { processId: await registered(c) } }),
    updateProcess: async (c) => ({
      path: { processId: await registered(c) },
      body: { description: 'Changed' },
    }),
    deleteProcess: async (c) => ({ path: { processId: await registered(c) } }),
    start: async (c) => ({
      path: { processId: await registered(c) },
      body: { processStartedBy: c.fixtures.text('startedBy') },
    }),
    listInstances: () => ({}),
    readInstance: async (c) => ({ path: { instanceId: await begin(c, await registered(c)) } }),
    stop: async (c) => ({ path: { instanceId: await begin(c, await registered(c)) } }),
  },
  scenarios,
  profiles: {
    design: {
      title: 'Definitions of processes',
      operations: ['getProcessList', 'addProcess', 'getProcess', 'updateProcess', 'deleteProcess'],
    },
    runtime: {
      title: 'Starting, watching and stopping',
      operations: ['addProcess', 'start', 'listInstances', 'readInstance', 'stop'],
    },
  },
};
