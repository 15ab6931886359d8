import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { magicRule } from '../../kit/magic.js';
import { applicationView, fileIdOf, parseSubmission, type Application } from '../application.js';
import { assertFormData } from '../form-data.js';
import { serviceOf } from '../lookup.js';
import { documentDecision } from '../outcomes.js';
import { putApplication, putTask, type RegistrationState } from '../state.js';
import { moveTo, statusChange } from '../status-flow.js';
import { openTask } from '../task.js';

/** Registration, submitApplication (the published document gives this operation no name): opens a pending file. */
export async function submitApplication(
  context: OperationContext<RegistrationState>,
): Promise<OperationAnswer> {
  const { state, path, body, now, key } = context;
  const service = await serviceOf(state, path.serviceId ?? '');
  if (service.isClosed || !service.isExecutable) {
    throw new SandboxError('GSB-REQ-003', { detail: `${service.name} takes no applications at present` });
  }
  const data = parseSubmission(body);
  await assertFormData(state, service, data);
  const registered = now.toISOString();
  const application: Application = {
    _id: fileIdOf(now, key),
    serviceId: service._id,
    serviceName: service.name,
    roleId: service.role.id,
    roleName: service.role.name,
    applicantId: data.applicantId,
    registered,
    status: 'PENDING',
    history: [statusChange({ code: 'PENDING' }, registered)],
    data,
    taskCount: 1,
  };
  const review = openTask(application, 1, 'review', registered);
  const decision = documentDecision(data.documentUrls ?? []);
  if (decision !== undefined) {
    const { outcome, code, title } = decision;
    const operator = { operatorName: 'Document check (training)' };
    const moved = moveTo(application, { code, title, ...operator }, [review], registered);
    return {
      status: 200,
      rule: magicRule(outcome),
      body: applicationView(moved.application),
      effects: [putApplication(moved.application), ...moved.tasks.map(putTask)],
    };
  }
  return {
    status: 200,
    rule: 'registered',
    body: applicationView(application),
    effects: [putApplication(application), putTask(review)],
  };
}
