import type { DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { createStateScope } from '../kit/state.js';
import { isPast, liveId } from './live.js';
import { openConsentState, type ConsentState } from './state.js';

/**
 * The mediator's question, asked on every read of personal data and so answered from two documents by id.
 * It sees what is committed: a withdrawal counts with the very next question.
 */
export interface ConsentLookup {
  /** The consent of this person under this agreement that holds at this instant, with the fields it covers. */
  live(workspace: WorkspaceId, question: ConsentQuestion): Promise<LiveConsent | undefined>;
}

export interface ConsentQuestion {
  readonly agreement: string;
  /** Foundational identifier, as the consent individual's `identityProviderId`. */
  readonly subject: string;
  readonly at: Date;
}

export interface LiveConsent {
  readonly consentRecord: string;
  readonly fields: readonly string[];
}

export function createConsentLookup({ documents }: { readonly documents: DocumentStore }): ConsentLookup {
  const states = new Map<WorkspaceId, ConsentState>();
  function stateOf(workspace: WorkspaceId): ConsentState {
    const known = states.get(workspace);
    if (known) return known;
    const state = openConsentState(createStateScope(documents, 'consent', workspace));
    states.set(workspace, state);
    return state;
  }
  return {
    async live(workspace, { agreement, subject, at }) {
      const state = stateOf(workspace);
      const [found, governing] = await Promise.all([
        state.live.get(liveId(agreement, subject)),
        state.agreements.get(agreement),
      ]);
      if (!found || !governing?.doc.active || isPast(found.doc.expiresAt, at)) return undefined;
      // A field that the agreement no longer lists is not covered any more, although the person once signed it.
      const allowed = new Set(governing.doc.attributes.map(({ name }) => name));
      const fields = found.doc.fields.filter((field) => allowed.has(field));
      return { consentRecord: found.doc.consentRecord, fields };
    },
  };
}
