import {
  ConnectionLostError,
  type Block,
  type BlockId,
  type BlockRequest,
  type BlockResponse,
} from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import type { DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { parseBinding, type Binding } from './binding.js';
import { createBindingStore } from './binding-store.js';
import { createRealSystems, type RealSystems } from './real-system.js';

/** A service of the mediator's directory, as far as delivery is concerned. */
export interface BoundService {
  readonly id: string;
  readonly block: BlockId;
}

export type Delivered =
  /** `deliveredTo`: `mock`, or the real system's base URL. */
  | { readonly kind: 'answered'; readonly deliveredTo: string; readonly response: BlockResponse }
  | { readonly kind: 'lost'; readonly deliveredTo: string; readonly error: ConnectionLostError };

export interface Bindings {
  /** The binding of a block or service (by id); `mock` unless something else was set. */
  get(workspace: WorkspaceId, target: string): Promise<Binding>;
  /** Checks and stores; counts for the next call. Raises GSB-REQ-001 naming the field. */
  set(workspace: WorkspaceId, target: string, binding: unknown): Promise<Binding>;
  /** Everything is a mock again. */
  reset(workspace: WorkspaceId): Promise<void>;
  /** Delivers a request (path below the block's root) to what is bound: the service's binding, else its block's. */
  deliver(workspace: WorkspaceId, service: BoundService, request: BlockRequest): Promise<Delivered>;
  close(): Promise<void>;
}

export interface BindingsDeps {
  readonly documents: DocumentStore;
  readonly blockOf: (id: BlockId) => Pick<Block, 'handle'> | undefined;
  readonly realClock: Clock;
  readonly realSystems?: RealSystems;
}

const MOCK: Binding = { kind: 'mock' };

export function createBindings({
  documents,
  blockOf,
  realClock,
  realSystems = createRealSystems(),
}: BindingsDeps): Bindings {
  const store = createBindingStore(documents, realClock);

  async function send(
    workspace: WorkspaceId,
    { block }: BoundService,
    binding: Binding,
    request: BlockRequest,
  ): Promise<BlockResponse> {
    if (binding.kind === 'real') return realSystems.send(binding, request);
    const mock = blockOf(block);
    if (!mock) throw new ConnectionLostError(`there is no mock of the block ${block}`, true);
    return mock.handle(workspace, request);
  }

  return {
    get: async (workspace, target) => (await store.of(workspace)).get(target) ?? MOCK,
    async set(workspace, target, value) {
      const binding = parseBinding(value);
      await store.put(workspace, target, binding);
      return binding;
    },
    reset: (workspace) => store.clear(workspace),
    async deliver(workspace, service, request) {
      const bindings = await store.of(workspace);
      const binding = bindings.get(service.id) ?? bindings.get(service.block) ?? MOCK;
      const deliveredTo = binding.kind === 'real' ? binding.baseUrl : 'mock';
      try {
        return { kind: 'answered', deliveredTo, response: await send(workspace, service, binding, request) };
      } catch (error) {
        if (!(error instanceof ConnectionLostError)) throw error;
        return { kind: 'lost', deliveredTo, error };
      }
    },
    close: () => realSystems.close(),
  };
}
