import type { Document, DocumentStore } from '../../../../contracts/documents.js';
import { NATIONAL_ID } from '../../realm/national-id.js';
import type { RealmRepresentation, RealmUser } from '../../realm/realm.js';
import { subjectOf } from '../../realm/with-personas.js';
import type { Accounts } from '../accounts.js';
import { refused, type UpstreamPerson } from './upstream.js';

interface LinkedDocument extends Document {
  readonly user: RealmUser;
}

export interface LinkedPeople {
  /** The account of somebody who signed in upstream: the persona that is linked, or a new one. Citizens only. */
  accountOf(person: UpstreamPerson): Promise<RealmUser>;
}

/** What Keycloak's mappers of the broker entry do: a known person is linked, a new one becomes a citizen. */
export async function openLinkedPeople(
  realm: RealmRepresentation,
  accounts: Accounts,
  documents: DocumentStore,
): Promise<LinkedPeople> {
  const collection = documents.collection<LinkedDocument>('identity-linked');
  let after: string | undefined;
  for (;;) {
    const page = await collection.find({ limit: 500, ...(after !== undefined && { after }) });
    for (const { doc } of page) accounts.add(doc.user);
    after = page.at(-1)?.doc._id;
    if (page.length < 500) break;
  }

  return {
    async accountOf({ subject, name }) {
      const linked = accounts.linkedTo(NATIONAL_ID, subject);
      if (linked !== undefined) return citizen(linked);
      const username = `${NATIONAL_ID}.${subject}`.toLowerCase();
      const user: RealmUser = {
        id: subjectOf(realm.realm, `${NATIONAL_ID}.${subject}`),
        username,
        enabled: true,
        ...(name !== undefined && { firstName: name }),
        realmRoles: ['citizen'],
        attributes: { person: [/^[-_]/.test(subject) ? `p${subject}` : subject] },
        federatedIdentities: [{ identityProvider: NATIONAL_ID, userId: subject, userName: username }],
      };
      await collection.put({ _id: user.id ?? username, user });
      accounts.add(user);
      return user;
    },
  };
}

function citizen(user: RealmUser): RealmUser {
  if (user.realmRoles.length === 1 && user.realmRoles[0] === 'citizen') return user;
  throw refused('this person has other roles than that of a citizen; officers sign in as officers');
}
