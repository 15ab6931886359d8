import {
  ConnectionLostError,
  type Block,
  type BlockId,
  type BlockRequest,
  type BlockResponse,
} from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import type { ContractDiff } from '../../contracts/contract-diff.js';
import type { DocumentStore } from '../../contracts/documents.js';
import type { ContractViolation } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Secrets } from '../../contracts/secrets.js';
import { invalidBinding, MOCK, parseBinding, type Binding, type RealBinding } from './binding.js';
import { createBindingCheck } from './binding-check.js';
import { createBindingStore, type StoredBinding } from './binding-store.js';
import { targetsOf, type BindingTarget } from './binding-target.js';
import { diffContract, type CandidateCheck, type ReadResult } from './contract-diff/contract-diff.js';
import { createDocumentFacts } from './document-facts.js';
import type { Egress } from './outbound/egress/egress.js';
import { createRealConnections } from './real-connections.js';
import { createRealSystems } from './real-system.js';
import { judge, type RealOutcome } from './spy.js';

/** A service of the mediator's directory, as far as delivery is concerned. */
export interface BoundService {
  readonly id: string;
  readonly block: BlockId;
}

export type Delivered =
  /** `deliveredTo`: `mock`, the real system's base URL, or `mock, as ... did not answer` for a spy. */
  | {
      readonly kind: 'answered';
      readonly deliveredTo: string;
      readonly response: BlockResponse;
      /** Where a real system's answer differs from the block's contract; absent when it does not. */
      readonly violations?: readonly ContractViolation[];
    }
  | { readonly kind: 'lost'; readonly deliveredTo: string; readonly error: ConnectionLostError };

export interface Bindings {
  /** The binding of a block or service (by id); `mock` unless something else was set. */
  get(workspace: WorkspaceId, target: string): Promise<Binding>;
  /** All that were set for a block, its services and operations, by target. */
  list(workspace: WorkspaceId, block: BlockId): Promise<readonly StoredBinding[]>;
  /** A binding from outside, as it would be set. Raises GSB-REQ-001 naming the field. */
  check(workspace: WorkspaceId, block: BlockId, binding: unknown): Promise<Binding>;
  /** Checks and stores; counts for the next call. Raises GSB-REQ-001 naming the field, GSB-BLK-003 for an operation. */
  set(workspace: WorkspaceId, target: BlockId | BindingTarget, binding: unknown): Promise<Binding>;
  /**
   * Compares a candidate's contract with the block's own; raises what `check` raises, and GSB-REQ-001 for a mock.
   * Nothing is changed.
   */
  diff(
    workspace: WorkspaceId,
    candidate: Omit<CandidateCheck, 'binding'> & { readonly binding: unknown },
  ): Promise<ContractDiff>;
  /** False when there was none. */
  remove(workspace: WorkspaceId, target: BindingTarget): Promise<boolean>;
  /** Everything is a mock again. */
  reset(workspace: WorkspaceId): Promise<void>;
  /** Delivers a request (path below the block's root) to what is bound: most precise first, see `targetsOf`. */
  deliver(
    workspace: WorkspaceId,
    service: BoundService,
    request: BlockRequest,
    operationId?: string,
  ): Promise<Delivered>;
  close(): Promise<void>;
}

export interface BindingsDeps {
  readonly documents: DocumentStore;
  readonly blockOf: (id: BlockId) => Pick<Block, 'handle'> | undefined;
  readonly openapiOf: (id: BlockId) => JsonObject | undefined;
  readonly secrets: Pick<Secrets, 'resolve'>;
  /** Where real systems may be: the same rules as for every call that leaves the sandbox. */
  readonly egress: Egress;
  readonly realClock: Clock;
  /** Where an answer differs from the block's contract. */
  readonly violations: (
    block: BlockId,
    operationId: string,
    response: BlockResponse,
  ) => readonly ContractViolation[];
}

export function createBindings(deps: BindingsDeps): Bindings {
  const { documents, blockOf, secrets, egress, realClock } = deps;
  const store = createBindingStore(documents, realClock);
  const factsOf = createDocumentFacts(deps.openapiOf);
  const connections = createRealConnections({ egress, realClock });
  const realSystems = createRealSystems({ connections, secrets });
  const check = createBindingCheck({ secrets, egress, factsOf });

  async function fromMock(
    workspace: WorkspaceId,
    block: BlockId,
    request: BlockRequest,
    deliveredTo: string,
  ): Promise<Delivered> {
    try {
      const mock = blockOf(block);
      if (!mock) throw new ConnectionLostError(`there is no mock of the block ${block}`, true);
      return { kind: 'answered', deliveredTo, response: await mock.handle(workspace, request) };
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      return { kind: 'lost', deliveredTo, error };
    }
  }

  async function fromReal(
    workspace: WorkspaceId,
    block: BlockId,
    binding: RealBinding,
    request: BlockRequest,
  ): Promise<RealOutcome> {
    const { olderPaths } = factsOf(block);
    try {
      return {
        kind: 'answered',
        response: await realSystems.send({ workspace, binding, request, olderPaths }),
      };
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      return { kind: 'lost', error };
    }
  }

  function delivered(
    block: BlockId,
    operationId: string | undefined,
    to: string,
    real: RealOutcome,
  ): Delivered {
    if (real.kind === 'lost') return { ...real, deliveredTo: to };
    const found = operationId === undefined ? [] : deps.violations(block, operationId, real.response);
    return { ...real, deliveredTo: to, ...(found.length === 0 ? {} : { violations: found }) };
  }

  return {
    get: async (workspace, target) => (await store.of(workspace)).get(target)?.binding ?? MOCK,
    list: async (workspace, block) =>
      [...(await store.of(workspace)).values()].filter(({ target }) => target.block === block),
    check: (workspace, block, value) => check.binding(workspace, block, parseBinding(value)),
    async diff(workspace, candidate) {
      const { block, operationId } = candidate;
      check.target({ block, operationId });
      const binding = await check.binding(workspace, block, parseBinding(candidate.binding));
      if (binding.kind === 'mock')
        throw invalidBinding('kind', 'must be real or spy: the mock is the contract');
      const read = (asked: RealBinding, url: URL): Promise<ReadResult> =>
        realSystems.read(workspace, asked, url).then(
          (response) => ({ kind: 'answered', response }),
          (error: unknown) => {
            if (error instanceof ConnectionLostError) return { kind: 'lost', why: error.message };
            throw error;
          },
        );
      return diffContract({ openapiOf: deps.openapiOf, factsOf, read }, { ...candidate, binding });
    },
    async set(workspace, to, value) {
      const target: BindingTarget = typeof to === 'string' ? { block: to } : to;
      check.target(target);
      const binding = await check.binding(workspace, target.block, parseBinding(value));
      await store.put(workspace, { target, binding });
      return binding;
    },
    remove: (workspace, target) => store.remove(workspace, target),
    reset: (workspace) => store.clear(workspace),
    async deliver(workspace, service, request, operationId) {
      const { block } = service;
      const bound = await store.of(workspace);
      const stored = targetsOf(service, operationId)
        .map((name) => bound.get(name))
        .find((one) => one !== undefined);
      const binding = stored?.binding ?? MOCK;
      if (stored === undefined || binding.kind === 'mock') return fromMock(workspace, block, request, 'mock');
      const real = await fromReal(workspace, block, binding, request);
      if (binding.kind === 'real') return delivered(block, operationId, binding.baseUrl, real);
      const verdict = judge(real, factsOf(block).reads(operationId, request.method));
      switch (verdict.kind) {
        case 'keep':
          if (verdict.unclear && stored.unclearSince === undefined)
            await store.put(workspace, { ...stored, unclearSince: realClock.now().toISOString() });
          return delivered(block, operationId, binding.baseUrl, real);
        case 'mock':
          // Asked now what became of an unclear write, the mock would say "unknown", and it would be sent again.
          if (stored.unclearSince !== undefined) return delivered(block, operationId, binding.baseUrl, real);
          return fromMock(workspace, block, request, `mock, as ${binding.baseUrl} ${verdict.why}`);
      }
    },
    close: () => realSystems.close(),
  };
}
