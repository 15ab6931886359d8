import { createApiClient } from '../api-client.js';
import { workspaceRoot } from '../access.js';
import { readConfig } from '../../app/config.js';
import { problems, SandboxError, type ProblemCode } from '../../contracts/problems.js';
import { ApiRefusal } from '../api-client.js';

export interface EraseOptions {
  readonly reason: string;
  readonly url?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

/** `sandbox erase`: asks a running sandbox to erase a person. SANDBOX_TOKEN is an administrator's bearer token. */
export async function erase(person: string, options: EraseOptions): Promise<void> {
  const token = process.env['SANDBOX_TOKEN'] ?? '';
  if (token === '')
    throw new SandboxError('GSB-AUT-001', {
      detail: 'SANDBOX_TOKEN must hold the bearer token of an administrator.',
    });
  const origin = (options.url ?? readConfig(process.env).publicUrl).replace(/\/+$/, '');
  const api = createApiClient(`${workspaceRoot(origin, options.workspace)}/api/v1`, () =>
    Promise.resolve(token),
  );
  try {
    const path = `/persons/${encodeURIComponent(person)}/erase`;
    const { erased } = await api.post<{ erased: Readonly<Record<string, number>> }>(path, {
      reason: options.reason,
    });
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify({ erased })}\n`
        : `${person} is erased: ${erased['documentsRemoved']} documents removed, ${erased['documentsScrubbed']} without the person, ${erased['payloadsErased']} bodies gone, ${erased['snapshotsRemoved']} snapshots removed.\n` +
            'Backups and exports that were made before still hold the person: remove those too.\n',
    );
  } catch (error) {
    if (error instanceof ApiRefusal && error.code in problems)
      throw new SandboxError(error.code as ProblemCode, { detail: error.message, cause: error });
    if (error instanceof ApiRefusal) throw error;
    throw new SandboxError('GSB-CFG-007', { detail: `No sandbox answers at ${origin}.`, cause: error });
  }
}
