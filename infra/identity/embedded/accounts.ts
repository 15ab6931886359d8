import type { RealmClient, RealmRepresentation, RealmUser } from '../realm/realm.js';
import { subjectOf } from '../realm/with-personas.js';
import { claimsOf } from './access-claims.js';
import type { MappedClaims } from './access-claims.js';

/** The realm's accounts and clients, found by what the protocol knows of them. */
export interface Accounts {
  client(clientId: string): RealmClient | undefined;
  /** A person; service accounts cannot sign in. */
  person(subject: string): RealmUser | undefined;
  personNamed(username: string): RealmUser | undefined;
  /** The person of that name, when the password is right. */
  personWithPassword(username: string, password: string): RealmUser | undefined;
  subjectOf(user: RealmUser): string;
  /** The person whom an upstream provider knows as this subject. */
  linkedTo(identityProvider: string, subject: string): RealmUser | undefined;
  /** Somebody who is not in the realm file: they came through an upstream provider. */
  add(user: RealmUser): void;
  /** What tokens of this client say about that person, or about the client's own account. */
  claims(clientId: string, subject: string | undefined): MappedClaims | undefined;
}

export function createAccounts(realm: RealmRepresentation): Accounts {
  const subject = (user: RealmUser): string => user.id ?? subjectOf(realm.realm, user.username);
  const clients = new Map(realm.clients.map((client) => [client.clientId, client]));
  const people = realm.users.filter((user) => user.enabled && user.serviceAccountClientId === undefined);
  const bySubject = new Map(people.map((user) => [subject(user), user]));
  const byName = new Map(people.map((user) => [user.username, user]));
  const services = new Map(realm.users.map((user) => [user.serviceAccountClientId, user]));

  const linkOf = (identityProvider: string, wanted: string): string => `${identityProvider} ${wanted}`;
  const links = new Map<string, RealmUser>();
  const link = (user: RealmUser): void => {
    for (const { identityProvider, userId } of user.federatedIdentities ?? [])
      links.set(linkOf(identityProvider, userId), user);
  };
  people.forEach(link);

  return {
    client: (clientId) => clients.get(clientId),
    person: (wanted) => bySubject.get(wanted),
    personNamed: (username) => byName.get(username),
    personWithPassword(username, password) {
      const user = byName.get(username);
      const right = user?.credentials?.some((credential) => credential.value === password) ?? false;
      return right ? user : undefined;
    },
    subjectOf: subject,
    linkedTo: (identityProvider, wanted) => links.get(linkOf(identityProvider, wanted)),
    add(user) {
      if (bySubject.has(subject(user))) return;
      bySubject.set(subject(user), user);
      link(user);
    },
    claims(clientId, wanted) {
      const client = clients.get(clientId);
      const user = wanted === undefined ? services.get(clientId) : bySubject.get(wanted);
      return client && user && claimsOf(realm, client, user);
    },
  };
}
