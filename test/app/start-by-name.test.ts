import { describe, expect, it } from '@jest/globals';
import { createRunPorts } from '../../app/run-ports.js';

describe('starting a workflow by its name', () => {
  it('is refused where no kind of case begins with it, naming those that do', async () => {
    const ports = createRunPorts({
      runtime: {},
      catalog: {
        latest: () => ({ namespace: 'demo', name: 'pay-batch', version: '1.0.0' }),
        useCase: () => ({ manifest: { cases: { application: { workflow: 'application' } } } }),
      },
    } as unknown as Parameters<typeof createRunPorts>[0]);
    const start = ports.start({ useCase: 'demo', workflow: 'pay-batch' } as Parameters<
      typeof ports.start
    >[0]);
    await expect(start).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      message: expect.stringMatching(/under `cases` in use-case\.yaml.*start one of: application/),
    });
  });
});
