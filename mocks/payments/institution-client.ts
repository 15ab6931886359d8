import { ConnectionLostError, type BlockDeps } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Institution } from '../kit/institutions.js';
import { PAYMENTS_CLIENT } from './directory.js';

/**
 * Calls to payers' and payees' institutions, through the mediator. An answer says what happened; `unclear` says that
 * nobody knows: ask again later, and never count it as failed.
 */
export type InstitutionAnswer =
  | { readonly kind: 'answered'; readonly body: JsonObject }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unclear' };

export interface InstitutionCall {
  readonly path: string;
  readonly command?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

const RETRYABLE = new Set([408, 425, 429]);

export async function callInstitution(
  deps: BlockDeps,
  workspace: WorkspaceId,
  institution: Institution,
  { path, command, headers = {}, body }: InstitutionCall,
): Promise<InstitutionAnswer> {
  try {
    const response = await deps.services.call(workspace, {
      client: PAYMENTS_CLIENT,
      service: institution.service,
      request: {
        method: 'POST',
        path,
        query: command === undefined ? {} : { command },
        headers: { 'content-type': 'application/json', ...headers },
        body,
      },
    });
    const { status } = response;
    if (status < 300) return { kind: 'answered', body: (response.body ?? {}) as JsonObject };
    if (status >= 500 || RETRYABLE.has(status)) return { kind: 'unclear' };
    return { kind: 'refused', reason: `${institution.code} refused the request (${status})` };
  } catch (error) {
    if (!(error instanceof ConnectionLostError)) throw error;
    return { kind: 'unclear' };
  }
}
