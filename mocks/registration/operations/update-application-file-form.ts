import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Json } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import {
  applicationView,
  hasEnded,
  mergeData,
  parseSubmission,
  statusCodes,
  type Application,
} from '../application.js';
import { assertFormData } from '../form-data.js';
import { applicationOf, openTasksOf, serviceOf } from '../lookup.js';
import { putApplication, putTask, type RegistrationState } from '../state.js';
import { moveTo, type Decision } from '../status-flow.js';

const decisionSchema = z.object({
  status: z.object({ code: z.enum(statusCodes), title: z.string().optional() }).optional(),
  operatorId: z.string().optional(),
  operatorName: z.string().optional(),
});

/**
 * Registration, updateApplicationFileForm: merges form data and, as our extension, sets the status. The same update
 * again changes nothing. Raises GSB-REQ-003 for another applicant, a step that is not allowed, or new data for a
 * file that has ended.
 */
export async function updateApplicationFileForm(
  context: OperationContext<RegistrationState>,
): Promise<OperationAnswer> {
  const { state, path, body, now } = context;
  const before = await applicationOf(state, path.fileId ?? '');
  const update = parseSubmission(body);
  if (update.applicantId !== before.applicantId) {
    throw new SandboxError('GSB-REQ-003', { detail: '/body/applicantId is not the applicant of this file' });
  }
  const data = mergeData(before.data, update);
  const decision = decisionOf(body, before);
  const dataChanges = !isDeepStrictEqual(data, before.data);
  const statusChanges = decision !== undefined && decision.code !== before.status;
  if (!dataChanges && !statusChanges)
    return { status: 200, rule: 'unchanged', body: applicationView(before) };
  if (hasEnded(before) && !statusChanges) {
    throw new SandboxError('GSB-REQ-003', {
      detail: `the file has ended (${before.status}); reopen it to change its data`,
    });
  }
  if (dataChanges) await assertFormData(state, await serviceOf(state, before.serviceId), data);
  const changed: Application = { ...before, data };
  if (!statusChanges) {
    return {
      status: 200,
      rule: 'updated',
      body: applicationView(changed),
      effects: [putApplication(changed)],
    };
  }
  const moved = moveTo(changed, decision, await openTasksOf(state, before._id), now.toISOString());
  return {
    status: 200,
    rule: `status:${decision.code}`,
    body: applicationView(moved.application),
    effects: [putApplication(moved.application), ...moved.tasks.map(putTask)],
  };
}

/** The status that an update asks for; undefined when it asks for none. */
function decisionOf(body: Json | undefined, before: Application): Decision | undefined {
  const { status: wanted, operatorId, operatorName } = decisionSchema.parse(body);
  // The applicant has corrected what was sent back.
  if (!wanted) return before.status === 'SENDBACK' ? { code: 'PENDING' } : undefined;
  return {
    code: wanted.code,
    ...(wanted.title === undefined ? {} : { title: wanted.title }),
    ...(operatorId === undefined ? {} : { operatorId }),
    ...(operatorName === undefined ? {} : { operatorName }),
  };
}
