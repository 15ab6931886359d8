import type { JsonObject } from '../../../contracts/json.js';
import { createRegistrationBlock } from '../../../mocks/registration/block.js';
import { expectBody, stateSuite, type Call } from '../state.suite.js';
import { seeds, SERVICE, submission } from './registration-setup.js';

const submit = async (call: Call): Promise<string> =>
  expectBody<{ fileId: string }>(
    await call('POST', `/services/${SERVICE}/applications`, { body: submission('citizen-1') }),
  ).fileId;

const reader =
  (path: string) =>
  async (call: Call, id: string): Promise<JsonObject | undefined> => {
    const answer = await call('GET', `${path}/${id}`);
    return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
  };

const entries = async (call: Call, path: string): Promise<readonly JsonObject[]> =>
  expectBody(await call('GET', path));

stateSuite('registration', {
  create: createRegistrationBlock,
  seeds,
  headers: { 'information-mediator-client': 'GOVSTACK/GOV/social-ministry/cash-transfer' },
  things: [
    {
      name: 'an application',
      create: submit,
      read: reader('/applications'),
      created: {
        serviceId: SERVICE,
        status: { code: 'PENDING' },
        applicationData: { applicantId: 'citizen-1', formData: { data: { householdSize: 4 } } },
      },
      list: async (call, id) => (await entries(call, '/applications')).some(({ fileId }) => fileId === id),
      update: {
        run: async (call, id) => {
          const formData = { eFormId: 'household-form', data: { householdSize: 5 } };
          const body = submission('citizen-1', { formData });
          expectBody(await call('PUT', `/applications/${id}`, { body }));
        },
        expected: { applicationData: { formData: { data: { householdSize: 5 } } } },
      },
    },
    {
      name: 'a task',
      create: async (call) => {
        const fileId = await submit(call);
        const [task] = await entries(call, '/tasks').then((all) =>
          all.filter((one) => one.fileId === fileId),
        );
        return task?.taskId as string;
      },
      read: reader('/tasks'),
      created: { serviceId: SERVICE, status: { code: 'PENDING' }, formVariables: { householdSize: 4 } },
      list: async (call, id) => (await entries(call, '/tasks')).some(({ taskId }) => taskId === id),
      update: {
        run: async (call, id) => {
          const body = { data: { status: { code: 'APPROVED' } } };
          expectBody(await call('POST', `/tasks/${id}/complete`, { body }));
        },
        expected: { status: { code: 'APPROVED' } },
      },
    },
    {
      name: 'a document',
      create: async (call) => {
        const body = { file: [Buffer.from('a scan').toString('base64')] };
        const stored = expectBody<{ url: string }>(await call('POST', '/documents', { body }));
        return stored.url.replace('/documents/', '');
      },
      read: reader('/documents'),
      created: { file: [Buffer.from('a scan').toString('base64')] },
    },
  ],
});
