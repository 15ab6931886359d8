import type { Clock } from '../../../contracts/clock.js';
import type { Document, DocumentStore } from '../../../contracts/documents.js';
import type { RealmRepresentation } from '../realm/realm.js';

/** Instants are milliseconds since 1970. */
interface FailuresDocument extends Document {
  readonly failures: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

/** Holds an account back for a while after wrong passwords, with the numbers of the realm file. */
export interface LoginFailures {
  locked(username: string): Promise<boolean>;
  failed(username: string): Promise<void>;
  succeeded(username: string): Promise<void>;
}

/**
 * Brute force protection as Keycloak's strategy MULTIPLE counts (server administration guide, "Password guess: brute
 * force attacks"): after every `failureFactor` failures the wait grows by `waitIncrementSeconds`, up to
 * `maxFailureWaitSeconds`; two failures within `quickLoginCheckMilliSeconds` cost
 * `minimumQuickLoginWaitSeconds`; after `maxDeltaTimeSeconds` without failure all is forgotten. While an account is
 * held back, nothing is counted, and the right password is answered like a wrong one.
 */
export function createLoginFailures(
  realm: RealmRepresentation,
  documents: DocumentStore,
  clock: Clock,
): LoginFailures {
  const collection = documents.collection<FailuresDocument>('identity-login-failures');
  const now = (): number => clock.now().getTime();
  // One account at a time: parallel guesses must not count as one.
  const turns = new Map<string, Promise<void>>();

  async function count(username: string): Promise<void> {
    const before = (await collection.get(username))?.doc;
    if (before !== undefined && before.lockedUntil > now()) return;
    const since = before === undefined ? Infinity : now() - before.lastAt;
    const failures =
      before === undefined || since > realm.maxDeltaTimeSeconds * 1000 ? 1 : before.failures + 1;
    const grown = realm.waitIncrementSeconds * Math.floor(failures / realm.failureFactor);
    const quick = since < realm.quickLoginCheckMilliSeconds ? realm.minimumQuickLoginWaitSeconds : 0;
    const wait = Math.min(grown > 0 ? grown : quick, realm.maxFailureWaitSeconds);
    await collection.put({ _id: username, failures, lastAt: now(), lockedUntil: now() + wait * 1000 });
  }

  return {
    async locked(username) {
      if (!realm.bruteForceProtected) return false;
      await turns.get(username);
      return ((await collection.get(username))?.doc.lockedUntil ?? 0) > now();
    },
    async failed(username) {
      if (!realm.bruteForceProtected) return;
      const turn = (turns.get(username) ?? Promise.resolve()).then(() => count(username));
      const settled = turn.catch(() => undefined);
      turns.set(username, settled);
      try {
        await turn;
      } finally {
        if (turns.get(username) === settled) turns.delete(username);
      }
    },
    async succeeded(username) {
      if (realm.bruteForceProtected) await collection.delete(username);
    },
  };
}
