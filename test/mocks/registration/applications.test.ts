import { describe, expect, it } from '@jest/globals';
import type { BlockResponse } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import {
  bodyOf,
  CLOSED,
  messageOf,
  SERVICE,
  startRegistration,
  submission,
  UNKNOWN,
  type Registration,
} from './registration-setup.js';

interface File {
  readonly fileId: string;
  readonly status: { readonly code: string; readonly title: string };
  readonly ended: boolean;
  readonly applicationData: JsonObject;
  readonly history: readonly JsonObject[];
}

const submitPath = `/services/${SERVICE}/applications`;

async function fileOf({ send }: Registration, fileId: string): Promise<File> {
  return bodyOf<File>(await send('GET', `/applications/${fileId}`));
}

function decide(
  { send }: Registration,
  fileId: string,
  code: string,
  more: JsonObject = {},
): Promise<BlockResponse> {
  return send('PUT', `/applications/${fileId}`, {
    body: { applicantId: 'citizen-1', status: { code }, ...more },
  });
}

async function openTasks(
  { send }: Registration,
  fileId: string,
): Promise<readonly { name: string; roleId: string; assigneeId?: string }[]> {
  return bodyOf(await send('GET', '/tasks', { query: { fileId } }));
}

describe('submitting an application', () => {
  it('opens a pending file with a review task', async () => {
    const registration = await startRegistration();
    const answer = await registration.send('POST', submitPath, { body: submission('citizen-1') });
    expect(answer.status).toBe(200);
    const file = bodyOf<File>(answer);
    expect(file).toMatchObject({
      registered: '2025-03-01T08:00:00.000Z',
      serviceId: SERVICE,
      serviceName: 'Household support',
      applicantId: 'citizen-1',
      status: { code: 'PENDING', title: 'Pending' },
      ended: false,
      applicationData: submission('citizen-1'),
    });
    expect(await fileOf(registration, file.fileId)).toEqual(file);
    expect(await openTasks(registration, file.fileId)).toMatchObject([
      { name: 'Review the application', roleId: 'case-officer' },
    ]);
  });

  it('happens once under one Idempotency-Key', async () => {
    const { send } = await startRegistration();
    const headers = { 'idempotency-key': 'run-1/submit' };
    const first = await send('POST', submitPath, { body: submission('citizen-1'), headers });
    const again = await send('POST', submitPath, { body: submission('citizen-1'), headers });
    expect(again.body).toEqual(first.body);
    expect((await send('POST', submitPath, { body: submission('citizen-2'), headers })).status).toBe(422);
    expect((await send('GET', '/applications')).body).toHaveLength(1);
  });

  it('refuses what is not valid, in the published shape', async () => {
    const { send } = await startRegistration();
    const post = (body: JsonObject, service = SERVICE): Promise<BlockResponse> =>
      send('POST', `/services/${service}/applications`, { body });
    const noApplicant = await post({});
    expect(noApplicant).toMatchObject({ status: 400, body: { code: 'GSB-REQ-001' } });
    expect(messageOf(noApplicant)).toContain('/body/applicantId is required');
    const badForm = await post(
      submission('citizen-1', { formData: { eFormId: 'household-form', data: { region: 'West' } } }),
    );
    expect(badForm.status).toBe(400);
    expect(messageOf(badForm)).toContain('/body/formData/data/householdSize is required');
    expect(messageOf(badForm)).toContain('/body/formData/data/region must be one of');
    const otherForm = await post(submission('citizen-1', { formData: { eFormId: 'other-form', data: {} } }));
    expect(messageOf(otherForm)).toContain('/body/formData/eFormId');
    expect((await post(submission('citizen-1'), UNKNOWN)).status).toBe(404);
    expect((await post(submission('citizen-1'), CLOSED)).status).toBe(409);
    expect((await send('POST', submitPath)).status).toBe(400);
    expect((await send('GET', '/applications')).body).toEqual([]);
  });
});

describe('the status of a file', () => {
  it('is set by the workflow, with who decided, and ends the open task', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    const answer = await registration.send('PUT', `/applications/${fileId}`, {
      body: {
        applicantId: 'citizen-1',
        status: { code: 'APPROVED', title: 'Confirmed' },
        operatorId: 'officer-1',
        operatorName: 'Nadia Roos',
        formData: { data: { region: 'North' } },
      },
    });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-sandbox-rule': 'status:APPROVED' } });
    const file = await fileOf(registration, fileId);
    expect(file).toMatchObject({
      status: { code: 'APPROVED', title: 'Confirmed' },
      ended: true,
      applicationData: {
        formData: { eFormId: 'household-form', data: { householdSize: 4, region: 'North' } },
      },
    });
    expect(file.history).toHaveLength(2);
    expect(file.history[1]).toMatchObject({
      at: '2025-03-01T08:00:01.000Z',
      operatorId: 'officer-1',
      operatorName: 'Nadia Roos',
    });
    expect(await openTasks(registration, fileId)).toEqual([]);
    const [line] = bodyOf<JsonObject[]>(
      await registration.send('GET', '/applications', { query: { status: 'APPROVED' } }),
    );
    expect(line).toMatchObject({
      fileId,
      assigneeId: 'officer-1',
      operatorName: 'Nadia Roos',
      eformId: 'household-form',
    });
  });

  it('set once more to the same changes nothing', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    await decide(registration, fileId, 'REJECTED');
    const before = await fileOf(registration, fileId);
    registration.clock.forward(1000);
    expect(await decide(registration, fileId, 'REJECTED')).toMatchObject({
      status: 200,
      headers: { 'x-sandbox-rule': 'unchanged' },
    });
    expect(await fileOf(registration, fileId)).toEqual(before);
  });

  it('goes back to the applicant and becomes pending again when corrected', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    await decide(registration, fileId, 'SENDBACK', {
      status: { code: 'SENDBACK', title: 'The region is missing' },
    });
    expect(await openTasks(registration, fileId)).toMatchObject([
      {
        name: 'Correct the application',
        roleId: 'applicant',
        assigneeId: 'citizen-1',
        description: 'The region is missing',
      },
    ]);
    await registration.send('PUT', `/applications/${fileId}`, {
      body: { applicantId: 'citizen-1', formData: { data: { region: 'South' } } },
    });
    expect(await fileOf(registration, fileId)).toMatchObject({ status: { code: 'PENDING' }, ended: false });
    expect(await openTasks(registration, fileId)).toMatchObject([{ roleId: 'case-officer' }]);
  });

  it('may be reopened or granted after an appeal, but an approval stands', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    await decide(registration, fileId, 'REJECTED');
    expect((await decide(registration, fileId, 'SENDBACK')).status).toBe(409);
    expect((await decide(registration, fileId, 'PENDING')).status).toBe(200);
    expect(await openTasks(registration, fileId)).toHaveLength(1);
    await decide(registration, fileId, 'REJECTED');
    expect((await decide(registration, fileId, 'APPROVED')).status).toBe(200);
    const refused = await decide(registration, fileId, 'REJECTED');
    expect(refused.status).toBe(409);
    expect(messageOf(refused)).toContain('APPROVED cannot become REJECTED');
    expect((await fileOf(registration, fileId)).history).toHaveLength(5);
  });
});

describe('updating a file', () => {
  it('refuses another applicant, data that does not fit, and new data once the file has ended', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    const put = (body: JsonObject, id = fileId): Promise<BlockResponse> =>
      registration.send('PUT', `/applications/${id}`, { body: { applicantId: 'citizen-1', ...body } });
    expect((await put({ applicantId: 'citizen-2' })).status).toBe(409);
    expect((await put({ formData: { data: { householdSize: 0 } } })).status).toBe(400);
    expect((await put({ status: { code: 'LOST' } })).status).toBe(400);
    expect((await put({ status: {} })).status).toBe(400);
    expect((await put({}, 'none')).status).toBe(404);
    expect(await put({ documentUrls: ['/documents/1'] })).toMatchObject({
      headers: { 'x-sandbox-rule': 'updated' },
    });
    await put({ status: { code: 'REJECTED' } });
    expect((await put({ formData: { data: { householdSize: 9 } } })).status).toBe(409);
    expect((await fileOf(registration, fileId)).applicationData).toEqual({
      ...submission('citizen-1'),
      documentUrls: ['/documents/1'],
    });
  });
});

describe('the list of files', () => {
  it('filters, pages and sorts', async () => {
    const registration = await startRegistration();
    const a = await registration.submit('citizen-1', {
      applicationName: 'Zebra',
      created: '2025-01-03T00:00:00Z',
    });
    const b = await registration.submit('citizen-2', {
      applicationName: 'apple',
      created: '2025-01-01T00:00:00Z',
    });
    const c = await registration.submit('citizen-1', {
      applicationName: 'Mango',
      created: '2025-01-02T00:00:00Z',
    });
    await decide(registration, a, 'APPROVED');
    const files = async (query: Record<string, string>): Promise<readonly string[]> =>
      bodyOf<File[]>(await registration.send('GET', '/applications', { query })).map(({ fileId }) => fileId);
    expect(await files({})).toEqual([a, b, c]);
    expect(await files({ sortBy: 'id', sortOrder: 'desc' })).toEqual([c, b, a]);
    expect(await files({ sortBy: 'created' })).toEqual([b, c, a]);
    expect(await files({ sortBy: 'nameCaseInsensitive' })).toEqual([b, c, a]);
    expect(await files({ firstResult: '1', maxResult: '1' })).toEqual([b]);
    expect(await files({ sortBy: 'created', firstResult: '1', maxResult: '5' })).toEqual([c, a]);
    expect(await files({ applicantId: 'citizen-1' })).toEqual([a, c]);
    expect(await files({ applicantId: 'citizen-1', status: 'PENDING' })).toEqual([c]);
    expect(await files({ serviceId: CLOSED })).toEqual([]);
    expect((await registration.send('GET', '/applications', { query: { maxResult: '0' } })).status).toBe(400);
    expect((await registration.send('GET', '/applications/none')).status).toBe(404);
  });
});
