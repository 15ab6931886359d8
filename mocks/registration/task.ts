import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import { mainTaskId, statusView, taskId, type Application } from './application.js';

/** What somebody has to do about an application file. */
export interface Task extends Document {
  /** `fileId-number`. */
  readonly _id: string;
  readonly fileId: string;
  readonly mainTaskId: string;
  readonly kind: 'review' | 'correction';
  readonly name: string;
  readonly description: string;
  readonly roleId: string;
  /** The applicant, for a correction; reviews are open to the role. */
  readonly assigneeId?: string;
  readonly created: string;
  readonly state: 'open' | 'completed';
  /** What it was completed with. */
  readonly data?: JsonObject;
}

/** The next task of a file: a review by the service's role, or a correction by the applicant. */
export function openTask(application: Application, number: number, kind: Task['kind'], at: string): Task {
  const { _id: fileId, roleId, applicantId, serviceName } = application;
  const base = {
    _id: taskId(fileId, number),
    fileId,
    mainTaskId: mainTaskId(fileId),
    kind,
    created: at,
    state: 'open',
  } as const;
  switch (kind) {
    case 'review':
      return { ...base, name: 'Review the application', description: serviceName, roleId };
    case 'correction':
      return {
        ...base,
        name: 'Correct the application',
        description: application.history.at(-1)?.title ?? serviceName,
        roleId: 'applicant',
        assigneeId: applicantId,
      };
  }
}

export function taskItemView(task: Task, application: Application): JsonObject {
  return {
    taskId: task._id,
    mainTaskId: task.mainTaskId,
    name: task.name,
    ...aboutTask(task, application),
  };
}

export function taskView(task: Task, application: Application): JsonObject {
  return {
    taskId: task._id,
    taskName: task.name,
    ...aboutTask(task, application),
    formVariables: application.data.formData?.data ?? {},
    data: task.data ?? {},
  };
}

function aboutTask(task: Task, application: Application): JsonObject {
  const eFormId = application.data.formData?.eFormId;
  return {
    ...(task.assigneeId === undefined ? {} : { assigneeId: task.assigneeId }),
    roleId: task.roleId,
    created: task.created,
    description: task.description,
    serviceId: application.serviceId,
    serviceName: application.serviceName,
    fileId: task.fileId,
    ...(eFormId === undefined ? {} : { eFormId }),
    status: statusView(application),
  };
}
