import { SandboxError } from '../../../contracts/problems.js';
import type { RealmRepresentation } from './realm.js';

/** The secret of a confidential client, of a realm whose placeholders are filled; GSB-CFG-001 when it has none. */
export function clientSecretOf(realm: RealmRepresentation, clientId: string): string {
  const secret = realm.clients.find((client) => client.clientId === clientId)?.secret;
  if (secret !== undefined) return secret;
  throw new SandboxError('GSB-CFG-001', { detail: `realm.json: clients: ${clientId} has no secret.` });
}
