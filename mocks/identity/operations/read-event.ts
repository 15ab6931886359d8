import { SandboxError } from '../../../contracts/problems.js';
import { openSession } from '../access-token.js';
import { envelope, unauthorized } from '../credential-answers.js';
import type { EndpointsOf } from '../endpoints.js';
import type { IdentityOperation } from '../state.js';

/** Credential management, event status: one's own events only. */
export function createReadEvent(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const session = await openSession(context, endpointsOf(context.workspace));
    if (session.kind === 'refused') return unauthorized(context, session.reason);
    const id = context.path.eventId ?? '';
    const event = (await context.state.events.get(id))?.doc;
    if (event?.individualId !== session.person._id)
      throw new SandboxError('GSB-REQ-002', { detail: `eventId ${id} is none of this person's events` });
    const name = session.person.claims.name;
    return {
      status: 200,
      rule: 'found',
      body: {
        ...envelope(context, 'responseTime'),
        response: {
          eventId: event._id,
          eventType: event.requestType,
          eventStatus: event.status,
          individualId: event.individualId,
          summary: event.summary,
          timestamp: event.at,
          info: { ...(typeof name === 'string' ? { applicantName: name } : {}), ...event.info },
        },
      },
    };
  };
}
