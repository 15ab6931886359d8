import { failed, managed } from '../credential-answers.js';
import { recordEvent } from '../events.js';
import type { IdentityOperation, PersonDoc } from '../state.js';

interface AdminRequest {
  readonly id: string;
  readonly idType?: string;
  readonly expiryTimestamp?: string;
}

/** Credential management, block and unblock: somebody who is blocked signs in no more, until the time given or for good. */
export function blockIdentity(command: 'block' | 'unblock'): IdentityOperation {
  return async (context) => {
    const {
      id,
      idType = 'UIN',
      expiryTimestamp,
    } = (context.body as unknown as { request: AdminRequest }).request;
    const person = (await context.state.persons.get(id))?.doc;
    if (!person) return failed(context, 'invalid_id', 'request.id is not known');
    const end = instantOf(expiryTimestamp);
    if (end !== undefined && Number.isNaN(end.getTime()))
      return failed(context, 'invalid_input', 'request.expiryTimestamp must be a date-time');
    const until = end?.toISOString();
    const { blocked: _before, ...rest } = person;
    const blocked = until === undefined ? {} : { until };
    const doc: PersonDoc = command === 'block' ? { ...rest, blocked } : rest;
    const { effect } = recordEvent(context, {
      individualId: id,
      requestType: 'ID_MANAGEMENT_REQUEST',
      summary: command === 'block' ? 'Blocked by an administrator' : 'Unblocked by an administrator',
      info: {},
    });
    const response = {
      id,
      idType,
      status: command === 'block' ? 'BLOCKED' : 'ACTIVE',
      ...(until === undefined ? {} : { expiryTimestamp: until }),
    };
    return managed(context, command === 'block' ? 'blocked' : 'unblocked', response, {
      effects: [{ kind: 'put', collection: 'persons', doc }, effect],
    });
  };
}

/** An invalid date where the text is none. */
function instantOf(text: string | undefined): Date | undefined {
  return text === undefined || text === '' ? undefined : new Date(text);
}
