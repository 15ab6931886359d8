import type { JsonObject } from '../../contracts/json.js';
import { invalid, instantOf, notFound } from './answers.js';
import type { Kind } from './kinds.js';
import { nearItems, readItem, type SchedulerState } from './state.js';

/** Raises GSB-REQ-002 for details that name something that does not exist, GSB-REQ-001 for a range that ends before it begins. */
export async function assertDetails(state: SchedulerState, kind: Kind, details: JsonObject): Promise<void> {
  for (const [field, target] of Object.entries(kind.references)) {
    const id = details[field];
    if (typeof id === 'string' && !(await readItem(state, target, id)))
      throw notFound(field, id, await nearItems(state, target, id));
  }
  if (kind.name === 'appointment') await assertParticipant(state, details);
  if (instantOf(details.to) < instantOf(details.from)) throw invalid('to lies before from');
}

async function assertParticipant(state: SchedulerState, details: JsonObject): Promise<void> {
  const { participant_type: type, participant_id: id } = details;
  if (type !== 'subscriber' && type !== 'resource')
    throw invalid('participant_type must be subscriber or resource');
  if (!(await readItem(state, type, id))) throw notFound('participant_id', id as string);
}
