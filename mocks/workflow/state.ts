import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Operation, OperationContext } from '../kit/block-definition.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';
import type { InstanceState, OwnInstance } from './ports.js';

/** A process that was registered here, rather than by a use case. */
export interface ProcessDoc extends Document {
  readonly definition: ProcessDefinition;
}

/** bb-workflow 1.0.0, ProcessDefinition. */
export interface ProcessDefinition {
  readonly name: string;
  readonly type: 'None' | 'Private' | 'Public';
  readonly version: string;
  readonly isExecutable?: boolean;
  readonly isClosed?: boolean;
  readonly description?: string;
  readonly processBody?: readonly Property[];
}

export interface Property {
  readonly code?: string;
  readonly value?: string;
}

/** A simulated instance of a registered process; `_id` is its number. */
export interface InstanceDoc extends Document {
  readonly processRef: string;
  readonly startedBy: string;
  readonly values: JsonObject;
  readonly initTime: string;
  readonly stoppedAt?: string;
  /** When it ends by itself, on the workspace clock; never when absent. */
  readonly completesAt?: string;
}

export interface WorkflowState {
  readonly processes: ScopedCollection<ProcessDoc>;
  readonly instances: ScopedCollection<InstanceDoc>;
}

export type WorkflowContext = OperationContext<WorkflowState>;
export type WorkflowOperation = Operation<WorkflowState>;

export function openWorkflowState(scope: StateScope): WorkflowState {
  return {
    processes: scope.collection<ProcessDoc>('processes'),
    instances: scope.collection<InstanceDoc>('instances', ['processRef']),
  };
}

/** How a simulated instance stands now. */
export function standing(doc: InstanceDoc, now: Date): OwnInstance {
  const { processRef, initTime, stoppedAt, completesAt } = doc;
  const at = (state: InstanceState, lastChangeTime: string): OwnInstance => ({
    id: Number(doc._id),
    processRef,
    initTime,
    lastChangeTime,
    state,
  });
  if (stoppedAt !== undefined) return at('stopped', stoppedAt);
  if (completesAt !== undefined && Date.parse(completesAt) <= now.getTime())
    return at('completed', completesAt);
  return at('running', initTime);
}
