import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { BlockId } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Secrets } from '../../contracts/secrets.js';
import { invalidBinding, type Binding, type RealBinding } from './binding.js';
import type { BindingTarget } from './binding-target.js';
import { resolveCredentials, type TlsMaterial } from './credentials.js';
import type { DocumentFacts } from './document-facts.js';
import type { Egress } from './outbound/egress/egress.js';
import { outboundErrorIn } from './outbound/outbound-error.js';

export interface BindingCheck {
  /** Raises GSB-BLK-003 for an operation that the block does not have. */
  target(target: BindingTarget): void;
  /** What can be wrong beyond its form: rules of the way out, secrets, certificates, dialect. Raises GSB-REQ-001. */
  binding(workspace: WorkspaceId, block: BlockId, binding: Binding): Promise<Binding>;
}

export function createBindingCheck(deps: {
  readonly secrets: Pick<Secrets, 'resolve'>;
  readonly egress: Egress;
  readonly factsOf: (block: BlockId) => DocumentFacts;
}): BindingCheck {
  const { secrets, egress, factsOf } = deps;
  return {
    target: ({ block, operationId }) => {
      if (operationId === undefined || factsOf(block).operations.has(operationId)) return;
      throw new SandboxError('GSB-BLK-003', {
        detail: `operationId: ${block} has no operation ${operationId}.`,
      });
    },
    binding: async (workspace, block, binding) => {
      if (binding.kind === 'mock') return binding;
      told('baseUrl', () => egress.check(new URL(binding.baseUrl)));
      if (binding.dialect === 'older' && factsOf(block).olderPaths.length === 0)
        throw invalidBinding('dialect', `does not apply: ${block} has no older paths of the same operations`);
      await checkCredentials(workspace, binding);
      return binding;
    },
  };

  async function checkCredentials(workspace: WorkspaceId, binding: RealBinding): Promise<void> {
    try {
      const { tls } = await resolveCredentials(secrets, workspace, binding);
      if (tls !== undefined) checkCertificates(tls);
    } catch (error) {
      const known = outboundErrorIn(error);
      if (known === undefined) throw error;
      throw invalidBinding('secret', known.detail);
    }
  }
}

function checkCertificates(tls: TlsMaterial): void {
  try {
    createSecureContext(tls);
    // OpenSSL passes over what is no certificate, and then trusts nobody.
    if (tls.ca !== undefined) new X509Certificate(tls.ca);
  } catch {
    // OpenSSL's own text may quote what it was given.
    throw invalidBinding(
      'tls',
      'names a secret that is no certificate or key in PEM, or a key of another certificate',
    );
  }
}

function told(field: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw invalidBinding(field, outboundErrorIn(error)?.detail ?? 'is not allowed');
  }
}
