import { openSession } from '../access-token.js';
import { unauthorized } from '../credential-answers.js';
import type { EndpointsOf } from '../endpoints.js';
import { recordEvent } from '../events.js';
import { trainingPdf } from '../training-pdf.js';
import type { IdentityOperation } from '../state.js';

/** Credential management, personalised card: a page that says that it is no card. The `html` sent in is not drawn. */
export function createDownloadCard(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const session = await openSession(context, endpointsOf(context.workspace));
    if (session.kind === 'refused') return unauthorized(context, session.reason);
    const { person } = session;
    const { id, effect } = recordEvent(context, {
      individualId: person._id,
      requestType: 'SERVICE_REQUEST',
      summary: 'Downloaded a personalised card (training)',
      info: {},
    });
    const lines = ['Training: this is not an identity card', `Number ending in ${person._id.slice(-4)}`];
    return {
      status: 200,
      rule: 'card',
      headers: { 'content-type': 'application/pdf', eventid: id },
      body: trainingPdf(lines),
      effects: [effect],
    };
  };
}
