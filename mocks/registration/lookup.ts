import { SandboxError } from '../../contracts/problems.js';
import { nearIds } from '../kit/near-documents.js';
import type { Application } from './application.js';
import type { Service } from './service.js';
import type { RegistrationState } from './state.js';
import type { Task } from './task.js';

/** Raises GSB-REQ-002 when there is no such service. */
export async function serviceOf(state: RegistrationState, serviceId: string): Promise<Service> {
  const found = await state.services.get(serviceId.toLowerCase());
  if (!found)
    throw new SandboxError('GSB-REQ-002', {
      detail: `there is no service ${serviceId}${await nearIds(state.services, serviceId)}`,
    });
  return found.doc;
}

/** Raises GSB-REQ-002 when there is no such application file. */
export async function applicationOf(state: RegistrationState, fileId: string): Promise<Application> {
  const found = await state.applications.get(fileId);
  if (!found)
    throw new SandboxError('GSB-REQ-002', {
      detail: `there is no application file ${fileId}${await nearIds(state.applications, fileId)}`,
    });
  return found.doc;
}

/** Raises GSB-REQ-002 when there is no such task. */
export async function taskOf(state: RegistrationState, taskId: string): Promise<Task> {
  const found = await state.tasks.get(taskId);
  if (!found)
    throw new SandboxError('GSB-REQ-002', {
      detail: `there is no task ${taskId}${await nearIds(state.tasks, taskId)}`,
    });
  return found.doc;
}

export async function openTasksOf(state: RegistrationState, fileId: string): Promise<readonly Task[]> {
  return (await state.tasks.find({ filter: { fileId, state: 'open' } })).map(({ doc }) => doc);
}
