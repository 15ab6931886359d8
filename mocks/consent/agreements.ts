import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.js';
import { makeRevision, sha1 } from './revisions.js';
import { names, type AgreementDoc, type ConsentAnswer, type PolicyDoc, type RevisionDoc } from './state.js';
import { agreementView } from './views.js';
import type { Effect } from '../kit/block-definition.js';

/** A data agreement as clients and seeds write it; `attributes` and `consentValidDays` are extensions of this sandbox. */
export const agreementInputSchema = z.object({
  id: z.string().min(1).optional(),
  version: z.string().default('1.0.0'),
  purpose: z.string().min(1),
  lawfulBasis: z.string().min(1).default('consent'),
  dataUse: z.string().optional(),
  dpia: z.string().default('training data: no impact assessment'),
  controller: z
    .object({
      id: z.string().min(1),
      name: z.string(),
      url: z.string().default('https://controller.example/'),
    })
    .optional(),
  policy: z
    .looseObject({
      id: z.string().min(1),
      name: z.string(),
      version: z.string().default('1.0.0'),
      url: z.string().default('https://policy.example/'),
      dataRetentionPeriodDays: z.int().positive().optional(),
    })
    .optional(),
  active: z.boolean().default(true),
  forgettable: z.boolean().optional(),
  lifecycle: z.record(z.string(), z.json()).optional(),
  attributes: z
    .array(
      z.object({
        id: z.string().optional(),
        name: z.string().min(1),
        category: z.string().default('personal'),
        sensitivity: z.string().default('normal'),
        service: z.string().optional(),
      }),
    )
    .default([]),
  consentValidDays: z.int().positive().optional(),
});
export type AgreementInput = z.infer<typeof agreementInputSchema>;

export interface NewAgreement {
  readonly doc: AgreementDoc;
  readonly revision: JsonObject;
  readonly effects: readonly Effect[];
}

/** The agreement's next state with its revision. */
export function buildAgreement(
  id: string,
  input: AgreementInput,
  { now, before, by }: { now: Date; before?: RevisionDoc | undefined; by?: string | undefined },
): NewAgreement {
  const { attributes, active, consentValidDays, ...shown } = input;
  const agreement = definedOnly({ ...shown, id });
  const draft = {
    _id: id,
    agreement,
    attributes: attributes.map(({ service, ...attribute }) => ({
      ...attribute,
      id: attribute.id ?? `${id}.${attribute.name}`,
      ...(service === undefined ? {} : { service }),
    })),
    active,
    deleted: false,
    ...(consentValidDays === undefined ? {} : { consentValidDays }),
    revision: '',
    revisionHash: '',
  };
  return withRevision(draft, { now, before, by });
}

/** The same agreement, gone for new consents and for every use of old ones. */
export function retireAgreement(
  doc: AgreementDoc,
  history: { now: Date; before?: RevisionDoc | undefined; by?: string | undefined },
): NewAgreement {
  return withRevision({ ...doc, active: false, deleted: true }, history);
}

function withRevision(
  doc: AgreementDoc,
  { now, before, by }: { now: Date; before?: RevisionDoc | undefined; by?: string | undefined },
): NewAgreement {
  const revision = makeRevision(
    {
      schemaName: 'DataAgreement',
      objectId: doc._id,
      data: agreementView(doc),
      now,
      ...(by === undefined ? {} : { authorizedByOther: by }),
    },
    before,
  );
  const stored: AgreementDoc = { ...doc, revision: revision.id, revisionHash: revision.hash };
  const put: Effect = { kind: 'put', collection: names.agreements, doc: stored };
  return { doc: stored, revision: revision.revision, effects: [put, ...revision.effects] };
}

export function buildPolicy(
  id: string,
  policy: JsonObject,
  { now, before, by }: { now: Date; before?: RevisionDoc | undefined; by?: string | undefined },
): { readonly doc: PolicyDoc; readonly revision: JsonObject; readonly effects: readonly Effect[] } {
  const shown = { ...policy, id };
  const revision = makeRevision(
    {
      schemaName: 'Policy',
      objectId: id,
      data: shown,
      now,
      ...(by === undefined ? {} : { authorizedByOther: by }),
    },
    before,
  );
  const doc: PolicyDoc = { _id: id, policy: shown, revision: revision.id };
  return {
    doc,
    revision: revision.revision,
    effects: [{ kind: 'put', collection: names.policies, doc }, ...revision.effects],
  };
}

/** The same policy, gone; its last revision says so. */
export function retirePolicy(
  { _id, policy }: PolicyDoc,
  history: { now: Date; before?: RevisionDoc | undefined; by?: string | undefined },
): ReturnType<typeof buildPolicy> {
  const { doc, revision, effects } = buildPolicy(_id, policy, history);
  const retired: PolicyDoc = { ...doc, deleted: true };
  const puts = effects.map((effect) =>
    effect.kind === 'put' && effect.collection === names.policies ? { ...effect, doc: retired } : effect,
  );
  return { doc: retired, revision, effects: puts };
}

export function agreementAnswer(rule: string, { doc, revision, effects }: NewAgreement): ConsentAnswer {
  return { status: 200, rule, body: { dataAgreement: agreementView(doc), revision }, effects };
}

/** Identifier of something created without one: the same request under the same key makes the same one. */
export function mintId(prefix: string, key: string): string {
  return `${prefix}-${sha1(key).slice(0, 16)}`;
}

function definedOnly(value: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as JsonObject;
}
