import { describe, expect, it } from '@jest/globals';
import type { BlockResponse } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { bodyOf, messageOf, SERVICE, startRegistration, type Registration } from './registration-setup.js';

interface Item {
  readonly taskId: string;
  readonly fileId: string;
}

async function firstTask({ send }: Registration, query: Record<string, string> = {}): Promise<string> {
  const [task] = bodyOf<Item[]>(await send('GET', '/tasks', { query }));
  return task!.taskId;
}

function complete({ send }: Registration, taskId: string, data?: JsonObject): Promise<BlockResponse> {
  return send('POST', `/tasks/${taskId}/complete`, { body: data === undefined ? {} : { data } });
}

describe('tasks', () => {
  it('are listed while open and shown with the form data', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    await registration.submit('citizen-2');
    const { send } = registration;
    expect(bodyOf<Item[]>(await send('GET', '/tasks'))).toHaveLength(2);
    expect(
      bodyOf<Item[]>(
        await send('GET', '/tasks', { query: { sortBy: 'created', sortOrder: 'desc', maxResult: '1' } }),
      ),
    ).toMatchObject([{ name: 'Review the application' }]);
    const taskId = await firstTask(registration, { fileId });
    expect(await firstTask(registration, { mainTaskId: taskId })).toBe(taskId);
    expect((await send('GET', '/tasks', { query: { assigneeId: 'nobody' } })).body).toEqual([]);
    expect((await send('GET', `/tasks/${taskId}`)).body).toMatchObject({
      taskId,
      taskName: 'Review the application',
      fileId,
      serviceId: SERVICE,
      eFormId: 'household-form',
      formVariables: { householdSize: 4 },
      status: { code: 'PENDING' },
    });
    expect((await send('GET', '/tasks/none')).status).toBe(404);
    expect((await complete(registration, 'none')).status).toBe(404);
  });

  it('carry a decision to the file, once', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    const taskId = await firstTask(registration);
    const data = {
      status: { code: 'REJECTED', title: 'Income above the line' },
      operator: { id: 'officer-1' },
    };
    const answer = await complete(registration, taskId, data);
    expect(answer.body).toEqual({
      taskId,
      fileId,
      serviceId: SERVICE,
      status: { code: 'REJECTED', title: 'Income above the line' },
      variables: { completion: { data } },
    });
    expect(await complete(registration, taskId, data)).toMatchObject({
      status: 200,
      headers: { 'x-sandbox-rule': 'unchanged' },
    });
    expect((await complete(registration, taskId, { status: { code: 'APPROVED' } })).status).toBe(409);
    expect((await registration.send('GET', `/applications/${fileId}`)).body).toMatchObject({
      status: { code: 'REJECTED' },
      history: [{}, { operatorId: 'officer-1' }],
    });
    expect((await registration.send('GET', '/tasks')).body).toEqual([]);
    expect((await registration.send('GET', `/tasks/${taskId}`)).body).toMatchObject({ data });
  });

  it('without a decision leave the file pending', async () => {
    const registration = await startRegistration();
    await registration.submit('citizen-1');
    expect((await complete(registration, await firstTask(registration))).body).toMatchObject({
      status: { code: 'PENDING' },
    });
  });

  it('let the applicant correct what was sent back', async () => {
    const registration = await startRegistration();
    const fileId = await registration.submit('citizen-1');
    await complete(registration, await firstTask(registration), { status: { code: 'SENDBACK' } });
    const correction = await firstTask(registration, { assigneeId: 'citizen-1' });
    const refused = await complete(registration, correction, { region: 'West' });
    expect(refused.status).toBe(400);
    expect(messageOf(refused)).toContain('/body/formData/data/region');
    expect((await complete(registration, correction, { region: 'North' })).body).toMatchObject({
      status: { code: 'PENDING' },
    });
    expect((await registration.send('GET', `/applications/${fileId}`)).body).toMatchObject({
      applicationData: { formData: { data: { householdSize: 4, region: 'North' } } },
    });
    const review = await firstTask(registration, { fileId });
    expect(review).not.toBe(correction);
    expect((await complete(registration, review, { status: { code: 'APPROVED' } })).body).toMatchObject({
      status: { code: 'APPROVED' },
    });
  });

  it('refuse a decision that is none', async () => {
    const registration = await startRegistration();
    await registration.submit('citizen-1');
    const taskId = await firstTask(registration);
    expect((await complete(registration, taskId, { status: { code: 'MAYBE' } })).status).toBe(400);
    expect((await complete(registration, taskId, { status: 'APPROVED' })).status).toBe(400);
    expect((await registration.send('POST', `/tasks/${taskId}/complete`)).status).toBe(400);
    expect(await firstTask(registration)).toBe(taskId);
  });
});

describe('statistics', () => {
  async function figures(
    { send }: Registration,
    query: Record<string, string> = {},
  ): Promise<readonly JsonObject[]> {
    return bodyOf<JsonObject[]>(await send('GET', '/data/statistics', { query }));
  }

  async function decided(): Promise<Registration> {
    const registration = await startRegistration();
    for (const [day, code, operatorName] of [
      ['2025-03-03', 'APPROVED', 'Nadia'],
      ['2025-03-09', 'REJECTED', 'Nadia'],
      ['2025-03-10', 'APPROVED', 'Omar'],
      ['2025-04-01', 'SENDBACK', 'Omar'],
    ] as const) {
      const fileId = await registration.submit('citizen-1');
      registration.clock.set(`${day}T10:00:00Z`);
      await registration.send('PUT', `/applications/${fileId}`, {
        body: { applicantId: 'citizen-1', status: { code }, operatorName },
      });
    }
    await registration.submit('citizen-2');
    return registration;
  }

  it('are the same at the path of the older dialect', async () => {
    const registration = await decided();
    const query = { timeframe: 'month' };
    const older = await registration.send('GET', '/data/statistics/1.0', { query });
    expect(older.status).toBe(200);
    expect(older.body).toEqual(await figures(registration, query));
    const wrong = await registration.send('GET', '/data/statistics/1.0', { query: { timeframe: 'age' } });
    expect(wrong.status).toBe(400);
  });

  it('count what was decided, in a period, by whom', async () => {
    const registration = await decided();
    expect(await figures(registration)).toMatchObject([
      { processed: 4, approved: 2, sentBack: 1, rejected: 1 },
    ]);
    expect(await figures(registration, { startDate: '2025-03-09', endDate: '2025-03-10' })).toEqual([
      {
        processed: 2,
        approved: 1,
        sentBack: 0,
        rejected: 1,
        references: {
          startDate: '2025-03-09',
          endDate: '2025-03-10',
          timeframeDay: false,
          timeframeWeek: false,
          timeframeMonth: false,
          timeframeYear: false,
        },
      },
    ]);
    expect(await figures(registration, { operator: 'Omar' })).toMatchObject([{ processed: 2 }]);
    expect(
      await figures(registration, { role: 'Case officer', registrationName: 'Household support' }),
    ).toMatchObject([{ processed: 4 }]);
    expect(await figures(registration, { role: 'Judge' })).toMatchObject([{ processed: 0 }]);
    expect(await figures(registration, { registrationName: 'Winter aid' })).toMatchObject([{ processed: 0 }]);
  });

  it('are split into days, weeks from Monday, months and years', async () => {
    const registration = await decided();
    const starts = async (timeframe: string): Promise<unknown[]> =>
      (await figures(registration, { timeframe })).map(({ processed, references }) => {
        const { startDate, endDate } = references as JsonObject;
        return [startDate, endDate, processed];
      });
    expect(await starts('day')).toHaveLength(4);
    expect(await starts('week')).toEqual([
      ['2025-03-03', '2025-03-09', 2],
      ['2025-03-10', '2025-03-16', 1],
      ['2025-03-31', '2025-04-06', 1],
    ]);
    expect(await starts('month')).toEqual([
      ['2025-03-01', '2025-03-31', 3],
      ['2025-04-01', '2025-04-30', 1],
    ]);
    expect(await starts('year')).toEqual([['2025-01-01', '2025-12-31', 4]]);
  });

  it('refuse what is not valid or not there', async () => {
    const { send } = await startRegistration();
    const status = async (query: Record<string, string>): Promise<number> =>
      (await send('GET', '/data/statistics', { query })).status;
    expect(await status({ startDate: '2025-03-02', endDate: '2025-03-01' })).toBe(400);
    expect(await status({ startDate: 'yesterday' })).toBe(400);
    expect(await status({ timeframe: 'decade' })).toBe(400);
    expect(await status({ registrationName: 'Fishing' })).toBe(404);
  });
});
