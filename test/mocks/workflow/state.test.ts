import { textOf, type JsonObject } from '../../../contracts/json.js';
import { createWorkflowBlock } from '../../../mocks/workflow/block.js';
import { expectBody, stateSuite, type Call } from '../state.suite.js';

const definition: JsonObject = {
  name: 'Review an invoice',
  type: 'Public',
  version: '2',
  isExecutable: true,
  processBody: [{ code: 'category', value: 'finance' }],
};

const register = async (call: Call): Promise<string> =>
  expectBody<{ id: string }>(await call('POST', '/processes', { body: definition }), 201).id;

const reader =
  (path: string) =>
  async (call: Call, id: string): Promise<JsonObject | undefined> => {
    const answer = await call('GET', `${path}/${id}`);
    return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
  };

const lister =
  (path: string) =>
  async (call: Call, id: string): Promise<boolean> =>
    expectBody<readonly JsonObject[]>(await call('GET', path)).some((entry) => textOf(entry.id) === id);

stateSuite('workflow', {
  create: (deps) => createWorkflowBlock(deps),
  things: [
    {
      name: 'a registered process',
      create: register,
      read: reader('/processes'),
      created: { name: 'Review an invoice', processDefinition: definition },
      list: lister('/processes'),
      update: {
        run: async (call, id) =>
          expectBody(await call('PUT', `/processes/${id}`, { body: { version: '3' } }), 204),
        expected: { version: '3', processDefinition: { name: 'Review an invoice', version: '3' } },
      },
      delete: async (call, id) => expectBody(await call('DELETE', `/processes/${id}`)),
    },
    {
      name: 'a simulated instance',
      create: async (call) => {
        const process = await register(call);
        const body = {
          processStartedBy: 'clerk',
          InstanceValues: [{ code: 'amount', value: '100' }],
        };
        const started = await call('POST', `/processes/${process}/start`, { body });
        return expectBody<{ id: string }>(started, 201).id;
      },
      read: reader('/instances'),
      created: { state: 'running', initTime: '2025-03-01T08:00:00.000Z' },
      list: lister('/instances/'),
      update: {
        run: async (call, id) => expectBody(await call('POST', `/instances/${id}/stop`), 201),
        expected: { state: 'stopped' },
      },
    },
  ],
});
