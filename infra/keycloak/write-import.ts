/**
 * Prints the realm file for Keycloak: realm.json with the personas of the given files as users.
 * With SANDBOX_NATIONAL_ID_URL the upstream provider is filled in and switched on.
 * Usage: node dist/infra/keycloak/write-import.js REALM.json PERSONAS.yaml... > import/govstack-realm.json
 */
import { SandboxError } from '../../contracts/problems.js';
import { withNationalId } from '../identity/realm/national-id.js';
import { readPersonas } from '../identity/realm/read-personas.js';
import { readRealm } from '../identity/realm/read-realm.js';
import { withPersonas } from '../identity/realm/with-personas.js';

const [realmFile, ...personaFiles] = process.argv.slice(2);

try {
  if (realmFile === undefined) {
    throw new SandboxError('GSB-REQ-001', { detail: 'usage: write-import REALM.json PERSONAS.yaml...' });
  }
  const personas = (await Promise.all(personaFiles.map(readPersonas))).flat();
  const realm = withNationalId(withPersonas(await readRealm(realmFile), personas), process.env);
  process.stdout.write(`${JSON.stringify(realm, null, 2)}\n`);
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  process.stderr.write(`${error.code} ${error.message}\n`);
  process.exitCode = 1;
}
