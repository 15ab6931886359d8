import type { Suite } from '../../suite.js';
import { begin, definition, registered } from './requests.js';
import { workflowScenarios } from './scenarios.js';

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
  scenarios: workflowScenarios(),
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
