import type { DocumentStore } from '../../contracts/documents.js';
import type { HeldConsent } from '../../contracts/held-consent.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { isJsonObject } from '../../contracts/json.js';
import { createStateScope } from '../kit/state.js';
import { isLive, isPast, liveId } from './live.js';
import { openConsentState, type AgreementDoc, type ConsentState, type RecordDoc } from './state.js';

/**
 * The mediator's question, asked on every read of personal data and so answered from two documents by id.
 * It sees what is committed: a withdrawal counts with the very next question.
 */
export interface ConsentLookup {
  /** The consent of this person under this agreement that holds at this instant, with the fields it covers. */
  live(workspace: WorkspaceId, question: ConsentQuestion): Promise<LiveConsent | undefined>;
  /** Every consent of this person that holds at this instant, newest first. */
  held(workspace: WorkspaceId, person: Omit<ConsentQuestion, 'agreement'>): Promise<readonly HeldConsent[]>;
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

/** More consents than a person gives in a life of training. */
const MOST = 200;

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
      return { consentRecord: found.doc.consentRecord, fields: covered(found.doc.fields, governing.doc) };
    },

    async held(workspace, { subject, at }) {
      const state = stateOf(workspace);
      const individuals = await state.individuals.find({ filter: { identityProviderId: subject } });
      const records = await Promise.all(
        individuals.map(({ doc }) => state.records.find({ filter: { individual: doc._id }, limit: MOST })),
      );
      const held: HeldConsent[] = [];
      for (const { doc } of records.flat()) {
        if (!isLive(doc, at)) continue;
        const governing = (await state.agreements.get(doc.agreement))?.doc;
        if (governing?.active === true) held.push(heldConsent(doc, governing));
      }
      return held.sort((a, b) => (b.grantedAt ?? '').localeCompare(a.grantedAt ?? ''));
    },
  };
}

/** A field that the agreement no longer lists is not covered any more, although the person once signed it. */
function covered(fields: readonly string[], { attributes }: AgreementDoc): readonly string[] {
  const allowed = new Set(attributes.map(({ name }) => name));
  return fields.filter((field) => allowed.has(field));
}

function heldConsent(record: RecordDoc, governing: AgreementDoc): HeldConsent {
  const { purpose, controller } = governing.agreement;
  const name = isJsonObject(controller) ? controller['name'] : undefined;
  return {
    consentRecord: record._id,
    agreement: record.agreement,
    purpose: typeof purpose === 'string' ? purpose : record.agreement,
    fields: covered(record.fields, governing),
    ...(typeof name === 'string' ? { controller: name } : {}),
    ...(record.grantedAt === undefined ? {} : { grantedAt: record.grantedAt }),
    ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
  };
}
