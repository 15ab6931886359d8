import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Effect } from '../kit/block-definition.js';
import { names, type ConsentState, type RevisionDoc } from './state.js';

/**
 * Every change of a policy, data agreement or consent record makes a revision that carries its predecessor's hash.
 * The hash is SHA-1 because bb-consent declares `serializedHash` so; it links revisions, it protects no secret.
 */
export interface RevisionRequest {
  readonly schemaName: 'Policy' | 'DataAgreement' | 'ConsentRecord';
  readonly objectId: string;
  readonly data: JsonObject;
  readonly now: Date;
  readonly authorizedByIndividual?: JsonObject;
  readonly authorizedByOther?: string;
}

export interface NewRevision {
  readonly id: string;
  readonly hash: string;
  readonly revision: JsonObject;
  readonly effects: readonly Effect[];
}

const DIGITS = 6;

export function revisionPrefix(schemaName: string, objectId: string): string {
  return `${schemaName}:${encodeURIComponent(objectId)}:`;
}

export async function addRevision(state: ConsentState, request: RevisionRequest): Promise<NewRevision> {
  const prefix = revisionPrefix(request.schemaName, request.objectId);
  const [last] = await state.revisions.find({ idPrefix: prefix, order: 'descending', limit: 1 });
  return makeRevision(request, last?.doc);
}

/** The same with the predecessor at hand, for seeding. */
export function makeRevision(request: RevisionRequest, before: RevisionDoc | undefined): NewRevision {
  const { schemaName, objectId, data, now, authorizedByIndividual, authorizedByOther } = request;
  const prefix = revisionPrefix(schemaName, objectId);
  const number = before ? Number(before._id.slice(prefix.length)) + 1 : 1;
  const id = prefix + String(number).padStart(DIGITS, '0');
  const snapshot: JsonObject = {
    objectData: data,
    schemaName,
    objectId,
    signedWithoutObjectId: false,
    timestamp: now.toISOString(),
    authorizedByIndividual,
    authorizedByOther,
  };
  const serializedSnapshot = stableJson(snapshot);
  const hash = sha1(serializedSnapshot);
  const predecessorHash = before?.revision.serializedHash;
  const revision: JsonObject = {
    id,
    schemaName,
    objectId,
    signedWithoutObjectId: false,
    serializedSnapshot,
    serializedHash: hash,
    timestamp: now.toISOString(),
    ...(authorizedByIndividual ? { authorizedByIndividual } : {}),
    ...(authorizedByOther === undefined ? {} : { authorizedByOther }),
    ...(predecessorHash === undefined ? {} : { predecessorHash }),
  };
  const effects: Effect[] = [
    { kind: 'put', collection: names.revisions, doc: revisionDoc(id, revision) },
    ...(before
      ? [
          {
            kind: 'put',
            collection: names.revisions,
            doc: revisionDoc(before._id, { ...before.revision, successor: revision }),
          } as const,
        ]
      : []),
  ];
  return { id, hash, revision, effects };
}

export async function readRevision(state: ConsentState, id: string): Promise<JsonObject | undefined> {
  return (await state.revisions.get(id))?.doc.revision;
}

export async function listRevisions(
  state: ConsentState,
  schemaName: RevisionRequest['schemaName'],
  objectId: string,
): Promise<readonly JsonObject[]> {
  const found = await state.revisions.find({ idPrefix: revisionPrefix(schemaName, objectId) });
  return found.map(({ doc }) => doc.revision);
}

export function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Members in the order of their names, absent ones left out: one text for one value. */
export function stableJson(value: Json): string {
  return JSON.stringify(value, (_name, member: Json) => {
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    const object = member as JsonObject;
    return Object.fromEntries(
      Object.keys(object)
        .sort()
        .map((name) => [name, object[name]]),
    );
  });
}

function revisionDoc(id: string, revision: JsonObject): RevisionDoc {
  return { _id: id, revision };
}
