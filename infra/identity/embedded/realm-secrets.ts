import { randomBytes, randomUUID } from 'node:crypto';

import { exportJWK, generateKeyPair } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';

import type { Document, DocumentStore } from '../../../contracts/documents.js';

/** The signing key and cookie key of the embedded provider. Made once, kept with the data, gone with a reset. */
export interface RealmSecrets {
  readonly signing: JWK;
  readonly cookieKey: string;
}

type SecretsDocument = Document & RealmSecrets;

/** Reads the secrets, or makes them. Two processes that start at once end up with the same ones. */
export async function openRealmSecrets(documents: DocumentStore, realm: string): Promise<RealmSecrets> {
  const collection = documents.collection<SecretsDocument>('identity-secrets');
  const known = await collection.get(realm);
  if (known !== undefined) return known.doc;
  await collection.insert({ _id: realm, ...(await makeSecrets()) });
  const stored = await collection.get(realm);
  if (stored === undefined) throw new Error(`the secrets of realm ${realm} vanished while being written`);
  return stored.doc;
}

/** The public half: what the key endpoint serves and what a verifier in this process needs. */
export function publicKeys({ signing }: RealmSecrets): JSONWebKeySet {
  const { kty, n, e, kid, alg, use } = signing as Required<
    Pick<JWK, 'kty' | 'n' | 'e' | 'kid' | 'alg' | 'use'>
  >;
  return { keys: [{ kty, n, e, kid, alg, use }] };
}

async function makeSecrets(): Promise<RealmSecrets> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const signing = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return { signing, cookieKey: randomBytes(32).toString('base64url') };
}
