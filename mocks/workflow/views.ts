import type { JsonObject } from '../../contracts/json.js';
import type { OwnInstance, OwnProcess } from './ports.js';
import type { ProcessDefinition, ProcessDoc } from './state.js';

/**
 * bb-workflow declares `{id, processDefinition}`, while its own test suite looks for the definition's members beside
 * `id`: both are answered.
 */
function processView(id: string, definition: Required<ProcessDefinition>): JsonObject {
  const shown = { ...definition, processBody: definition.processBody.map((entry) => ({ ...entry })) };
  return { id, ...shown, processDefinition: shown };
}

export function registeredView({ _id, definition }: ProcessDoc): JsonObject {
  return processView(_id, {
    isExecutable: true,
    isClosed: false,
    description: '',
    processBody: [],
    ...definition,
  });
}

export function ownView({
  id,
  name,
  version,
  description,
  isExecutable,
  properties,
}: OwnProcess): JsonObject {
  const processBody = Object.entries(properties).map(([code, value]) => ({ code, value }));
  return processView(id, {
    name,
    type: 'Public',
    version,
    isExecutable,
    isClosed: true,
    description,
    processBody,
  });
}

export function instanceView(instance: OwnInstance): JsonObject {
  return { ...instance };
}

/** What starting and stopping answer: here the official document has the number as text. */
export function executionView({ id, processRef, state }: OwnInstance): JsonObject {
  const ended = state === 'stopped' || state === 'completed' || state === 'failed';
  return { id: String(id), processRef, suspended: state === 'suspended', ended, state };
}
