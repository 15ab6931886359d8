import type { Document } from '../../contracts/documents.js';
import type { Effect } from '../kit/block-definition.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';
import type { Application } from './application.js';
import type { FormSchemas } from './form-schemas.js';
import type { EForm, Service } from './service.js';
import type { Task } from './task.js';

/** Files that were uploaded together. */
export interface Upload extends Document {
  readonly _id: string;
  readonly uploaded: string;
  readonly additionalMetadata?: string;
  /** Base64. */
  readonly file: readonly string[];
}

export interface RegistrationState {
  readonly services: ScopedCollection<Service>;
  readonly eForms: ScopedCollection<EForm>;
  readonly applications: ScopedCollection<Application>;
  readonly tasks: ScopedCollection<Task>;
  readonly uploads: ScopedCollection<Upload>;
  readonly formSchemas: FormSchemas;
}

export function registrationState(scope: StateScope, formSchemas: FormSchemas): RegistrationState {
  return {
    services: scope.collection<Service>('services'),
    eForms: scope.collection<EForm>('eforms'),
    applications: scope.collection<Application>('applications', ['serviceId', 'applicantId', 'status']),
    tasks: scope.collection<Task>('tasks', ['fileId', 'mainTaskId', 'assigneeId', 'state']),
    uploads: scope.collection<Upload>('uploads'),
    formSchemas,
  };
}

export function putApplication(doc: Application): Effect {
  return { kind: 'put', collection: 'applications', doc };
}

export function putTask(doc: Task): Effect {
  return { kind: 'put', collection: 'tasks', doc };
}

export function putUpload(doc: Upload): Effect {
  return { kind: 'put', collection: 'uploads', doc };
}
