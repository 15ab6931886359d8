import type { JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import { begin, definition, instancesOf, registered } from './requests.js';

/** The life of processes and of their instances. */
export function workflowScenarios(): readonly Scenario[] {
  return [
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
      id: 'not-executable',
      title: 'A process that is not executable is not started',
      operations: ['addProcess', 'start', 'listInstances'],
      play: async (c) => {
        const body = { ...definition(c), isExecutable: false };
        const processId = textAt(await c.call('addProcess', { body }), 'id');
        await c.call(
          'start',
          { path: { processId }, body: { processStartedBy: c.fixtures.text('startedBy') } },
          'refused',
        );
        const listed = await instancesOf(c, processId);
        c.expect(listed.length === 0, 'what was not started has no instance', listed.join(', '));
      },
    },
    {
      id: 'tenants',
      title: 'What one tenant registers and starts no other tenant sees',
      operations: ['addProcess', 'getProcess', 'start', 'readInstance'],
      play: async (c) => {
        const other = c.otherTenant();
        const processId = await registered(c);
        const instanceId = await begin(c, processId);
        await other.call('getProcess', { path: { processId } }, 'refused');
        await other.call('readInstance', { path: { instanceId } }, 'refused');
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
}
