import type { Json, JsonObject } from '../../../../contracts/json.js';
import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, CallParts, CheckContext, Scenario, Suite } from '../../suite.js';

const submission = (
  c: CheckContext,
  applicantId = c.unique('citizen-'),
): JsonObject & { applicantId: string } => ({
  applicationName: `Application of ${applicantId}`,
  applicantId,
  formData: { eFormId: c.fixtures.text('formId'), data: c.fixtures.value('formData') },
});

async function submitted(
  c: CheckContext,
  applicantId?: string,
): Promise<{ fileId: string; applicantId: string }> {
  const body = submission(c, applicantId);
  const made = await c.call('submitApplication', { path: { serviceId: c.fixtures.text('serviceId') }, body });
  return { fileId: textAt(made, 'fileId'), applicantId: body.applicantId };
}

const tasksOf = async (c: CheckContext, fileId: string): Promise<readonly Json[]> =>
  listAt(await c.call('getTasks', { query: { fileId } }));

const statusOf = async (c: CheckContext, fileId: string): Promise<string> =>
  textAt(await c.call('getApplicationFileById', { path: { fileId } }), 'status', 'code');

const decision = (code: string): JsonObject => ({
  data: { status: { code, title: 'Decided by a check' }, operator: { id: 'officer-1', name: 'Officer' } },
});

async function decided(c: CheckContext, fileId: string, code: string): Promise<string> {
  const [task] = await tasksOf(c, fileId);
  const taskId = textAt(task, 'taskId');
  c.expect(
    taskId !== '',
    'an application waits for a decision as a task',
    `there is no open task of ${fileId}`,
  );
  await c.call('completeTaskById', { path: { taskId }, body: decision(code) });
  return taskId;
}

const figures = async (c: CheckContext, operationId = 'Statistics'): Promise<JsonObject> => {
  const answer = await c.call(operationId, { query: { registrationName: c.fixtures.text('serviceName') } });
  return (at(answer, 0) ?? {}) as JsonObject;
};

const counting = (operationId: string): Scenario => ({
  id: operationId === 'Statistics' ? 'statistics' : 'statistics-older',
  title: 'Decisions are counted',
  operations: ['submitApplication', 'getTasks', 'completeTaskById', operationId],
  ...(operationId === 'Statistics' ? {} : { dialect: 'older' as const }),
  play: async (c) => {
    const before = await figures(c, operationId);
    for (const code of ['APPROVED', 'REJECTED', 'APPROVED'])
      await decided(c, (await submitted(c)).fileId, code);
    const after = await figures(c, operationId);
    for (const [name, more] of [
      ['processed', 3],
      ['approved', 2],
      ['rejected', 1],
      ['sentBack', 0],
    ] as const) {
      const found = Number(after[name] ?? 0) - Number(before[name] ?? 0);
      c.expect(
        found === more,
        'every decision is counted once, under its kind',
        `${name} grew by ${found}, expected ${more}`,
      );
    }
    const none = await c.call(operationId, {
      query: { registrationName: c.fixtures.text('serviceName'), endDate: '2001-01-01' },
    });
    c.holds(at(none, 0), { processed: 0 }, 'only the dates that are asked for are counted');
  },
});

const scenarios = (): readonly Scenario[] => [
  {
    id: 'services',
    title: 'Services and their forms can be found and read',
    operations: ['getServiceList', 'getService', 'getServiceSchemaByServiceKey', 'getEForm'],
    play: async (c) => {
      const serviceId = c.fixtures.text('serviceId');
      const name = c.fixtures.text('serviceName');
      const all = listAt(await c.call('getServiceList'));
      c.expect(
        all.some((one) => textAt(one, 'id') === serviceId),
        'a service that there is is listed',
        `${serviceId} is not there`,
      );
      const named = listAt(await c.call('getServiceList', { query: { name } }));
      c.expect(
        named.length > 0 && named.every((one) => textAt(one, 'name').includes(name)),
        'only services of that name are listed',
        named.map((one) => textAt(one, 'name')).join(', '),
      );
      c.holds(
        (await c.call('getServiceList', { query: { name: c.unique('none') } })).body,
        [],
        'no service has a name that there is not',
      );
      c.holds(
        (await c.call('getService', { path: { serviceId } })).body,
        { id: serviceId, name },
        'a service is read by its id',
      );
      const forms = listAt(await c.call('getServiceSchemaByServiceKey', { path: { serviceId } }));
      c.expect(
        forms.some((one) => textAt(one, 'eFormId') === c.fixtures.text('formId')),
        'a service names its forms',
        JSON.stringify(forms),
      );
      const form = await c.call('getEForm', { path: { eFormId: c.fixtures.text('formId') } });
      c.expect(at(form, 'schema') !== undefined, 'a form says which data it wants', 'it has no schema');
      await c.call('getService', { path: { serviceId: c.uuid() } }, [404]);
      await c.call('getEForm', { path: { eFormId: c.unique('none') } }, [404]);
    },
  },
  {
    id: 'application-life',
    title: 'An application is submitted, read, listed, changed, decided',
    operations: [
      'submitApplication',
      'getApplicationFileById',
      'getApplicantFileList',
      'updateApplicationFileForm',
      'getTasks',
      'getTaskById',
      'completeTaskById',
    ],
    play: async (c) => {
      const path = { serviceId: c.fixtures.text('serviceId') };
      const body = submission(c);
      const made = await c.call('submitApplication', { path, body });
      c.holds(
        made.body,
        { serviceId: path.serviceId, status: { code: 'PENDING' }, applicationData: body },
        'an application is taken as it was sent, and waits',
      );
      const fileId = textAt(made, 'fileId');
      c.holds(
        (await c.call('getApplicationFileById', { path: { fileId } })).body,
        { fileId, status: { code: 'PENDING' }, applicationData: body },
        'what is submitted is read back',
      );
      const list = (query: Record<string, string>): Promise<Answer> =>
        c.call('getApplicantFileList', { query });
      c.holds(
        (await list({ applicantId: body.applicantId })).body,
        [{ fileId, applicantId: body.applicantId }],
        'an applicant finds the own application, and no other',
      );
      c.holds(
        (await list({ applicantId: c.unique('nobody-') })).body,
        [],
        'who applied for nothing finds nothing',
      );
      const change = { applicantId: body.applicantId, formData: { data: c.fixtures.value('changedData') } };
      await c.call('updateApplicationFileForm', { path: { fileId }, body: change });
      const data = {
        ...(c.fixtures.value('formData') as JsonObject),
        ...(c.fixtures.value('changedData') as JsonObject),
      };
      c.holds(
        (await c.call('getApplicationFileById', { path: { fileId } })).body,
        { applicationData: { formData: { data } } },
        'a change is merged into what is there',
      );
      const [task, second] = await tasksOf(c, fileId);
      c.expect(
        task !== undefined && second === undefined,
        'an application waits for one decision',
        `${second === undefined ? 'no' : 'more than one'} task`,
      );
      const taskId = textAt(task, 'taskId');
      c.holds(
        (await c.call('getTaskById', { path: { taskId } })).body,
        { taskId, fileId, formVariables: data },
        'a task shows the data that it is about',
      );
      await c.call('completeTaskById', { path: { taskId }, body: decision('APPROVED') });
      const file = await c.call('getApplicationFileById', { path: { fileId } });
      c.holds(
        file.body,
        { status: { code: 'APPROVED' }, ended: true },
        'a decision reaches the application, and ends it',
      );
      c.holds(await tasksOf(c, fileId), [], 'a completed task is open no more');
      await c.call('completeTaskById', { path: { taskId }, body: decision('REJECTED') }, 'refused');
      c.expect(
        (await statusOf(c, fileId)) === 'APPROVED',
        'a task is completed once',
        await statusOf(c, fileId),
      );
    },
  },
  {
    id: 'send-back',
    title: 'An application that was sent back is corrected and waits again',
    operations: ['submitApplication', 'getTasks', 'completeTaskById', 'getApplicationFileById'],
    play: async (c) => {
      const { fileId } = await submitted(c);
      await decided(c, fileId, 'SENDBACK');
      c.expect(
        (await statusOf(c, fileId)) === 'SENDBACK',
        'an application can be sent back',
        await statusOf(c, fileId),
      );
      const [correction] = await tasksOf(c, fileId);
      await c.call('completeTaskById', {
        path: { taskId: textAt(correction, 'taskId') },
        body: { data: c.fixtures.value('changedData') },
      });
      c.expect(
        (await statusOf(c, fileId)) === 'PENDING',
        'a corrected application waits again',
        await statusOf(c, fileId),
      );
    },
  },
  {
    id: 'list-paging',
    title: 'Applications are listed in pages and in the order asked for',
    operations: ['submitApplication', 'getApplicantFileList'],
    play: async (c) => {
      const applicantId = c.unique('citizen-');
      const files: string[] = [];
      for (const _file of [1, 2, 3]) files.push((await submitted(c, applicantId)).fileId);
      const page = async (first: number): Promise<readonly string[]> =>
        listAt(
          await c.call('getApplicantFileList', {
            query: { applicantId, firstResult: String(first), maxResult: '2' },
          }),
        ).map((one) => textAt(one, 'fileId'));
      const [one, two] = [await page(0), await page(2)];
      c.holds([one.length, two.length], [2, 1], 'a page holds as many as were asked for');
      c.holds([...one, ...two].sort(), [...files].sort(), 'the pages together hold each application once');
    },
  },
  {
    id: 'refused-data',
    title: 'Data that the form does not allow is refused and changes nothing',
    operations: ['submitApplication', 'getApplicantFileList'],
    play: async (c) => {
      const applicantId = c.unique('citizen-');
      const body = {
        ...submission(c, applicantId),
        formData: { eFormId: c.fixtures.text('formId'), data: c.fixtures.value('invalidData') },
      };
      await c.call(
        'submitApplication',
        { path: { serviceId: c.fixtures.text('serviceId') }, body },
        'refused',
      );
      c.holds(
        (await c.call('getApplicantFileList', { query: { applicantId } })).body,
        [],
        'what is refused is not kept',
      );
      await c.call('submitApplication', { path: { serviceId: c.uuid() }, body: submission(c) }, [404]);
      await c.call('getApplicationFileById', { path: { fileId: c.unique('none') } }, [404]);
      await c.call('getTaskById', { path: { taskId: c.unique('none') } }, [404]);
    },
  },
  {
    id: 'documents',
    title: 'An attachment is stored and read back',
    operations: ['uploadFile', 'getDocument'],
    extension: true,
    play: async (c) => {
      const file = [Buffer.from(c.unique('Training only ')).toString('base64')];
      const stored = await c.call('uploadFile', { query: { additionalMetadata: 'check' }, body: { file } });
      const documentId = textAt(stored, 'url').split('/').pop() ?? '';
      c.holds(
        (await c.call('getDocument', { path: { documentId } })).body,
        { documentId, file, additionalMetadata: 'check' },
        'what is stored is read back',
      );
      await c.call('getDocument', { path: { documentId: c.unique('none') } }, [404]);
    },
  },
  counting('Statistics'),
  counting('StatisticsOlder'),
  {
    id: 'idempotency-key',
    title: 'One Idempotency-Key is one application',
    operations: ['submitApplication', 'getApplicantFileList'],
    extension: true,
    play: async (c) => {
      const headers = { 'Idempotency-Key': c.uuid() };
      const path = { serviceId: c.fixtures.text('serviceId') };
      const body = submission(c);
      const first = await c.call('submitApplication', { path, headers, body });
      const again = await c.call('submitApplication', { path, headers, body });
      c.holds(
        again.body,
        { fileId: textAt(first, 'fileId') },
        'the same request under the same key gets the same answer',
      );
      const listed = listAt(
        await c.call('getApplicantFileList', { query: { applicantId: body.applicantId } }),
      );
      c.expect(
        listed.length === 1,
        'the same request under the same key applies once',
        `${listed.length} applications`,
      );
      await c.call('submitApplication', { path, headers, body: submission(c) }, [422]);
    },
  },
  {
    id: 'tenants',
    title: 'What is submitted to one tenant no other tenant sees',
    operations: ['submitApplication', 'getApplicationFileById', 'getApplicantFileList'],
    play: async (c) => {
      const other = c.otherTenant();
      const { fileId, applicantId } = await submitted(c);
      await other.call('getApplicationFileById', { path: { fileId } }, 'refused');
      c.holds(
        (await other.call('getApplicantFileList', { query: { applicantId } })).body,
        [],
        'tenants are kept apart',
      );
    },
  },
];

const ofService = (c: CheckContext): CallParts => ({ path: { serviceId: c.fixtures.text('serviceId') } });
const ofTask = async (c: CheckContext): Promise<CallParts> => ({
  path: { taskId: textAt((await tasksOf(c, (await submitted(c)).fileId))[0], 'taskId') },
});

export const registration: Suite = {
  block: 'registration',
  specification: { name: 'GovStack bb-registration', version: '0.1.1' },
  headers: (fixtures) => ({ 'Information-Mediator-Client': fixtures.text('client') }),
  samples: {
    getServiceList: () => ({}),
    getService: ofService,
    getServiceSchemaByServiceKey: ofService,
    getEForm: (c) => ({ path: { eFormId: c.fixtures.text('formId') } }),
    submitApplication: (c) => ({ ...ofService(c), body: submission(c) }),
    getApplicantFileList: () => ({ query: { firstResult: '0', maxResult: '10' } }),
    getApplicationFileById: async (c) => ({ path: { fileId: (await submitted(c)).fileId } }),
    updateApplicationFileForm: async (c) => {
      const { fileId, applicantId } = await submitted(c);
      return { path: { fileId }, body: { applicantId, formData: { data: c.fixtures.value('changedData') } } };
    },
    getTasks: () => ({ query: { firstResult: '0', maxResult: '10' } }),
    getTaskById: ofTask,
    completeTaskById: async (c) => ({ ...(await ofTask(c)), body: decision('APPROVED') }),
    uploadFile: () => ({ body: { file: [Buffer.from('Training only').toString('base64')] } }),
    getDocument: async (c) => {
      const stored = await c.call('uploadFile', {
        body: { file: [Buffer.from('Training only').toString('base64')] },
      });
      return { path: { documentId: textAt(stored, 'url').split('/').pop() ?? '' } };
    },
    Statistics: (c) => ({ query: { registrationName: c.fixtures.text('serviceName') } }),
    StatisticsOlder: (c) => ({ query: { registrationName: c.fixtures.text('serviceName') } }),
  },
  scenarios: scenarios(),
  profiles: {
    applications: {
      title: 'Services, applications and tasks',
      operations: [
        'getServiceList',
        'getService',
        'getServiceSchemaByServiceKey',
        'getEForm',
        'submitApplication',
        'getApplicantFileList',
        'getApplicationFileById',
        'updateApplicationFileForm',
        'getTasks',
        'getTaskById',
        'completeTaskById',
        'uploadFile',
        'getDocument',
      ],
    },
    statistics: {
      title: 'The figures, with what they need',
      operations: ['submitApplication', 'getTasks', 'completeTaskById', 'Statistics', 'StatisticsOlder'],
    },
  },
};
