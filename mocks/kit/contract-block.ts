import {
  ConnectionLostError,
  type Block,
  type BlockDeps,
  type BlockRequest,
  type BlockResponse,
} from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { suggestion } from '../../contracts/near-misses.js';
import { SandboxError } from '../../contracts/problems.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import type { BlockDefinition, OperationAnswer, OperationContext } from './block-definition.js';
import { clientOf, withClientNames } from './client-name.js';
import { createBlockState } from './block-state.js';
import { createBlockOrder } from './block-order.js';
import { createCommitLog, hashRequest, type CommitLog, type Committed } from './commit-log.js';
import { createContractCheck } from './contract-check.js';
import { planFaults, type Sleep } from './fault-effects.js';
import { observed, type Trace } from './journal/observe.js';
import { withKitAnswers } from './kit-answers.js';
import { nearOperations } from './near-operations.js';
import { hasOutcome, outcomeOf, toResponse, type OutcomeParts } from './operation-answers.js';
import { createOperationTable, type ContractOperation } from './operation-table.js';
import { createRefusal, describeErrors, problemAnswer, type RefusalReason } from './refusals.js';
import { rulesOf } from './rules.js';
import { createStateScope, type RecordingScope } from './state.js';

export type * from './block-definition.js';

export interface BlockOptions {
  /** Waits for latency faults; tests hand in their own. */
  readonly sleep?: Sleep;
}

interface WorkspaceState<S> {
  readonly scope: RecordingScope;
  readonly state: S;
  readonly log: CommitLog;
}

/**
 * Makes a block of a declaration. Each request: match, faults, validation, idempotency, the operation itself,
 * check of the answer, commit, callbacks and jobs. Throws `ConnectionLostError` for transport faults, and
 * `StoreUnavailableError` while its documents are away: asked again under the same key, it goes on where it stood.
 * Raises an Error at once when the document and `operations` do not agree.
 */
export function createContractBlock<S>(
  definition: BlockDefinition<S>,
  deps: BlockDeps,
  options: BlockOptions = {},
): Block {
  const openapi = withKitAnswers(definition.openapi, definition.refusal);
  const table = createOperationTable(openapi);
  const check = createContractCheck(openapi);
  const workspaces = new Map<WorkspaceId, WorkspaceState<S>>();
  const mutex = createBlockOrder({
    block: definition.id,
    shared: deps.order,
    forget: (workspace) => {
      workspaces.get(workspace)?.log.forget();
      workspaces.get(workspace)?.scope.forget();
    },
    settle: async (workspace) => workspaces.get(workspace)?.log.seal(),
  });
  const logger = deps.logger;
  assertComplete(definition, table.operations);

  function open(workspace: WorkspaceId): WorkspaceState<S> {
    const known = workspaces.get(workspace);
    if (known) return known;
    const scope = createStateScope(deps.documents, definition.id, workspace, deps.realClock);
    const state = definition.state(scope);
    const made = { scope, state, log: createCommitLog(deps, definition.id, workspace, scope) };
    workspaces.set(workspace, made);
    return made;
  }

  function nearTo({ method, path }: BlockRequest): string {
    return suggestion(nearOperations(table.operations, method, path));
  }

  function refuse(
    request: BlockRequest,
    reason: RefusalReason,
    headers: Record<string, string> = {},
  ): BlockResponse {
    const refusal = createRefusal(request, reason);
    const answer = definition.refusal?.(refusal) ?? problemAnswer(refusal);
    return toResponse({ ...answer, headers: { ...answer.headers, ...headers } });
  }

  async function handle(workspace: WorkspaceId, request: BlockRequest, trace: Trace): Promise<BlockResponse> {
    const match = table.match(request.method, request.path, request.query);
    switch (match.kind) {
      case 'no-path':
        return refuse(request, {
          code: 'GSB-BLK-003',
          detail: `no operation at ${request.path}${nearTo(request)}`,
          rule: 'no-operation',
        });
      case 'no-method': {
        const allowed = match.allowed.join(', ');
        const detail = `${request.method} is not offered at ${request.path}, only ${allowed}${nearTo(request)}`;
        return refuse(
          request,
          { code: 'GSB-BLK-003', status: 405, detail, rule: 'no-method' },
          { allow: allowed },
        );
      }
      case 'no-variant': {
        const detail = `the query must say one of ${match.expected.map((when) => new URLSearchParams(when).toString()).join(', ')}`;
        return refuse(request, { code: 'GSB-REQ-001', detail, rule: 'no-variant' });
      }
      case 'found':
        trace.operation = match.operation;
        return serve(workspace, request, match.operation, match.path, trace);
    }
  }

  async function serve(
    workspace: WorkspaceId,
    request: BlockRequest,
    operation: ContractOperation,
    path: Readonly<Record<string, string>>,
    trace: Trace,
  ): Promise<BlockResponse> {
    const { operationId } = operation;
    const client = clientOf(request.headers);
    const target = {
      what: 'request',
      block: definition.id,
      operationId,
      ...(client === undefined ? {} : { client }),
      // Our own windows into the block stay clear, unless somebody breaks just them.
      ...(request.path.startsWith('/sandbox/') ? { named: true } : {}),
    } as const;
    const plan = await planFaults(trace, workspace, target, options.sleep);
    if (plan.refuse) {
      const { status, faultId, body } = plan.refuse;
      if (body !== undefined) return toResponse({ status, body, rule: 'fault:error' });
      const detail = `the fault ${faultId} is switched on`;
      return refuse(request, { code: 'GSB-BLK-001', status, detail, rule: 'fault:error', operationId });
    }
    const headers = withClientNames(request.headers);
    const parts = { path, query: request.query, headers, body: request.body };
    const errors = check.request(operation, parts);
    if (errors.length > 0) {
      const detail = describeErrors(errors);
      return refuse(request, { code: 'GSB-REQ-001', detail, rule: 'invalid-request', errors, operationId });
    }
    const writes = operation.method !== 'GET' && operation.method !== 'HEAD';
    const key = writes && !plan.forgetKeys ? request.headers['idempotency-key'] : undefined;
    // Reads ahead while others hold the lock.
    const foresight = definition.foresight?.[operationId];
    if (writes && (key !== undefined || foresight))
      await Promise.allSettled([
        key === undefined ? undefined : open(workspace).log.recall(operationId, key),
        foresight?.(contextOf(workspace, request, operation, path, key)),
      ]);
    const run = (): Promise<Performed> => perform(workspace, request, operation, path, key, writes);
    const response = await settle(request, operationId, await (writes ? mutex.run(workspace, run) : run()));
    const spoilt = plan.spoil.reduce((answer, spoil) => spoil(answer), response);
    return request.method === 'HEAD' ? { status: spoilt.status, headers: spoilt.headers } : spoilt;
  }

  function contextOf(
    workspace: WorkspaceId,
    { query, headers, body }: BlockRequest,
    { operationId }: ContractOperation,
    path: Readonly<Record<string, string>>,
    key = deps.ids.next('request'),
  ): OperationContext<S> {
    const { state } = open(workspace);
    const now = deps.clocks.of(workspace).now();
    return {
      workspace,
      state,
      deps,
      operationId,
      path,
      query,
      headers,
      body,
      client: clientOf(headers),
      now,
      key,
    };
  }

  async function perform(
    workspace: WorkspaceId,
    request: BlockRequest,
    operation: ContractOperation,
    path: Readonly<Record<string, string>>,
    key: string | undefined,
    locked: boolean,
  ): Promise<Performed> {
    const { operationId } = operation;
    const { log, scope } = open(workspace);
    try {
      // Beside other processes what is open may be under way there: only whoever has the turn finishes it.
      if (!locked && deps.order !== undefined && !log.isRecovered())
        await mutex.run(workspace, () => log.recover());
      else if (locked || deps.order === undefined) await log.recover();
      const requestHash =
        key === undefined ? '' : hashRequest([request.path, request.query, request.body ?? null]);
      if (key !== undefined) {
        const before = await log.recall(operationId, key);
        if (before && before.requestHash !== requestHash) {
          const detail = 'Idempotency-Key was used before with another request';
          const response = refuse(request, {
            code: 'GSB-REQ-003',
            status: 422,
            detail,
            rule: 'idempotency-mismatch',
            operationId,
          });
          return { response };
        }
        if (before) return { response: toResponse(before.answer, { 'idempotent-replay': 'true' }) };
      }
      const context = contextOf(workspace, request, operation, path, key);
      const answer = await runOperation(operation, context);
      const response = toResponse(answer);
      const contentType = response.headers['content-type'] ?? 'application/json';
      const violations = check.answer(operation, { status: answer.status, body: answer.body, contentType });
      if (violations.length > 0) {
        const detail = describeErrors(violations);
        logger.error({ block: definition.id, operationId, detail }, 'an answer breaks the contract');
        const rule = 'defect:response-contract';
        return {
          response: refuse(request, { code: 'GSB-BLK-002', status: 500, detail, rule, operationId }),
        };
      }
      const writes: Promise<void>[] = [];
      if (hasOutcome(answer)) {
        const keyed = key === undefined ? {} : { keyed: { operationId, key, requestHash, answer } };
        const commit = (): Promise<Committed> => log.commit({ outcome: outcomeOf(answer), ...keyed });
        writes.push((await (locked ? commit() : mutex.run(workspace, commit))).durable);
      }
      for (const { collection, doc } of answer.traces ?? []) writes.push(scope.begin(collection, doc));
      return performed(response, writes);
    } catch (error) {
      return { response: refuseError(request, operationId, error) };
    }
  }

  /** The answer, once what it tells of is written. */
  async function settle(
    request: BlockRequest,
    operationId: string,
    { response, durable }: Performed,
  ): Promise<BlockResponse> {
    try {
      await durable;
      return response;
    } catch (error) {
      return refuseError(request, operationId, error);
    }
  }

  async function runOperation(
    operation: ContractOperation,
    context: OperationContext<S>,
  ): Promise<OperationAnswer> {
    const run = definition.operations[operation.operationId];
    if (!run) throw new Error(`operation ${operation.operationId} is not implemented`);
    return run(context);
  }

  /** Raises what is no answer of the block: a store that is away is waited for by whoever called. */
  function refuseError(request: BlockRequest, operationId: string, error: unknown): BlockResponse {
    if (isStoreUnavailable(error)) throw error;
    if (error instanceof SandboxError) {
      const { code, detail } = error;
      return refuse(request, { code, detail, rule: `refused:${code}`, operationId });
    }
    if (error instanceof ConnectionLostError) {
      return refuse(request, {
        code: 'GSB-BLK-001',
        detail: error.message,
        rule: 'upstream-lost',
        operationId,
      });
    }
    logger.error({ block: definition.id, operationId, err: error }, 'an operation failed unexpectedly');
    const detail = `${definition.title} failed unexpectedly; nothing is known to have changed`;
    return refuse(request, { code: 'GSB-BLK-002', status: 500, detail, rule: 'defect', operationId });
  }

  return {
    id: definition.id,
    title: definition.title,
    openapi,
    rules: rulesOf(
      definition.rules ?? {},
      table.operations.map(({ operationId }) => operationId),
    ),
    state: createBlockState({
      title: definition.title,
      open,
      mutex,
      secretCollections: definition.secretCollections ?? [],
      schemas: definition.schemas ?? {},
      derivedCollections: definition.derivedCollections ?? {},
      derive: async (workspace, edits) => {
        const now = deps.clocks.of(workspace).now();
        return (await definition.derive?.({ state: open(workspace).state, now, edits })) ?? [];
      },
    }),
    handle: observed(deps, definition.id, handle),
    async runJob(workspace, job) {
      const handler = definition.jobs?.[job.name];
      if (!handler) throw new Error(`block ${definition.id} has no job ${job.name}`);
      const { state, log } = open(workspace);
      const exclusively = <T>(work: () => Promise<T>): Promise<T> => mutex.run(workspace, work);
      const isConcurrent = definition.concurrentJobs?.includes(job.name) ?? false;
      // Any other job holds the lock already.
      const lend = isConcurrent ? exclusively : <T>(work: () => Promise<T>): Promise<T> => work();
      const run = async (): Promise<OutcomeParts> => {
        const now = deps.clocks.of(workspace).now();
        return (await handler({ workspace, state, deps, job, data: job.data, now, exclusively: lend })) ?? {};
      };
      const commit = async (outcome: OutcomeParts): Promise<void> => {
        if (hasOutcome(outcome)) await (await log.commit({ outcome: outcomeOf(outcome) })).durable;
      };
      // A job may write by itself, so nothing earlier may stay open to be done again over its writes.
      const prepare = async (): Promise<void> => {
        await log.recover();
        await log.seal();
      };
      if (isConcurrent) {
        await exclusively(prepare);
        const outcome = await run();
        await exclusively(() => commit(outcome));
        return;
      }
      await exclusively(async () => {
        await prepare();
        await commit(await run());
      });
    },
    async rest(workspace) {
      const { log } = open(workspace);
      await mutex.run(workspace, async () => {
        await log.recover();
        await log.seal();
      });
      workspaces.delete(workspace);
    },
    async reset(workspace, seeds) {
      const { scope, state, log } = open(workspace);
      await mutex.run(workspace, async () => {
        await log.clear();
        for (const collection of scope.all()) await collection.deleteByPrefix('');
        await definition.seed({ workspace, state, deps, now: deps.clocks.of(workspace).now() }, seeds);
      });
    },
  };
}

/** What came of a request under the lock: an answer, and the write that it waits for. */
interface Performed {
  readonly response: BlockResponse;
  readonly durable?: Promise<unknown>;
}

function performed(response: BlockResponse, writes: readonly Promise<void>[]): Performed {
  if (writes.length === 0) return { response };
  const durable = Promise.all(writes);
  // Whoever waits for it hears of it; until then it must not count as unheard.
  durable.catch(() => undefined);
  return { response, durable };
}

function assertComplete<S>(definition: BlockDefinition<S>, declared: readonly ContractOperation[]): void {
  const ids = new Set(declared.map(({ operationId }) => operationId));
  const missing = [...ids].filter((id) => !definition.operations[id]);
  const unknown = Object.keys(definition.operations).filter((id) => !ids.has(id));
  if (missing.length + unknown.length === 0) return;
  throw new Error(
    `block ${definition.id}: not implemented: ${missing.join(', ') || 'none'}; not in the document: ${unknown.join(', ') || 'none'}`,
  );
}
