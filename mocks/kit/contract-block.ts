import {
  ConnectionLostError,
  type Block,
  type BlockDeps,
  type BlockRequest,
  type BlockResponse,
} from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { BlockDefinition, OperationAnswer, OperationContext } from './block-definition.js';
import { createCommitLog, hashRequest, type CommitLog } from './commit-log.js';
import { createContractCheck } from './contract-check.js';
import { planFaults, type Sleep } from './fault-effects.js';
import { createMutex } from './mutex.js';
import { createOperationTable, type ContractOperation } from './operation-table.js';
import { createRefusal, describeErrors, problemAnswer, type RefusalReason } from './refusals.js';
import { createStateBrowser } from './state-browser.js';
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

/** The caller's header under its three names: GovStack's, the older dialect's, X-Road's. */
const CLIENT_HEADERS = ['x-govstack-client', 'information-mediator-client', 'x-road-client'];

/**
 * Makes a block of a declaration. Each request: match, faults, validation, idempotency, the operation itself,
 * check of the answer, commit, callbacks and jobs. Throws `ConnectionLostError` only, for transport faults.
 * Raises an Error at once when the document and `operations` do not agree.
 */
export function createContractBlock<S>(
  definition: BlockDefinition<S>,
  deps: BlockDeps,
  options: BlockOptions = {},
): Block {
  const table = createOperationTable(definition.openapi);
  const check = createContractCheck(definition.openapi);
  const mutex = createMutex();
  const workspaces = new Map<WorkspaceId, WorkspaceState<S>>();
  const logger = deps.logger;
  assertComplete(definition, table.operations);

  function open(workspace: WorkspaceId): WorkspaceState<S> {
    const known = workspaces.get(workspace);
    if (known) return known;
    const scope = createStateScope(deps.documents, definition.id, workspace);
    const state = definition.state(scope);
    const made = { scope, state, log: createCommitLog(deps, definition.id, workspace, scope) };
    workspaces.set(workspace, made);
    return made;
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

  async function handle(workspace: WorkspaceId, request: BlockRequest): Promise<BlockResponse> {
    const match = table.match(request.method, request.path, request.query);
    switch (match.kind) {
      case 'no-path':
        return refuse(request, {
          code: 'GSB-BLK-003',
          detail: `no operation at ${request.path}`,
          rule: 'no-operation',
        });
      case 'no-method': {
        const allowed = match.allowed.join(', ');
        const detail = `${request.method} is not offered at ${request.path}, only ${allowed}`;
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
        return serve(workspace, request, match.operation, match.path);
    }
  }

  async function serve(
    workspace: WorkspaceId,
    request: BlockRequest,
    operation: ContractOperation,
    path: Readonly<Record<string, string>>,
  ): Promise<BlockResponse> {
    const { operationId } = operation;
    const plan = await planFaults(deps, workspace, definition.id, operationId, options.sleep);
    if (plan.refuse) {
      const { status, faultId } = plan.refuse;
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
    const run = (): Promise<BlockResponse> => perform(workspace, request, operation, path, key, writes);
    const response = await (writes ? mutex.run(workspace, run) : run());
    if (plan.dropAfter) throw new ConnectionLostError(`the connection to ${definition.id} dropped`, false);
    return request.method === 'HEAD' ? { status: response.status, headers: response.headers } : response;
  }

  async function perform(
    workspace: WorkspaceId,
    request: BlockRequest,
    operation: ContractOperation,
    path: Readonly<Record<string, string>>,
    key: string | undefined,
    locked: boolean,
  ): Promise<BlockResponse> {
    const { operationId } = operation;
    const { state, log } = open(workspace);
    try {
      await log.recover();
      const requestHash =
        key === undefined ? '' : hashRequest([request.path, request.query, request.body ?? null]);
      if (key !== undefined) {
        const before = await log.recall(operationId, key);
        if (before && before.requestHash !== requestHash) {
          const detail = 'Idempotency-Key was used before with another request';
          return refuse(request, {
            code: 'GSB-REQ-003',
            status: 422,
            detail,
            rule: 'idempotency-mismatch',
            operationId,
          });
        }
        if (before) return toResponse(before.answer, { 'idempotent-replay': 'true' });
      }
      const context: OperationContext<S> = {
        workspace,
        state,
        deps,
        operationId,
        path,
        query: request.query,
        headers: request.headers,
        body: request.body,
        client: clientOf(request.headers),
        now: deps.clocks.of(workspace).now(),
        key: key ?? deps.ids.next('request'),
      };
      const answer = await runOperation(operation, context);
      const response = toResponse(answer);
      const contentType = response.headers['content-type'] ?? 'application/json';
      const violations = check.answer(operation, { status: answer.status, body: answer.body, contentType });
      if (violations.length > 0) {
        const detail = describeErrors(violations);
        logger.error({ block: definition.id, operationId, detail }, 'an answer breaks the contract');
        return refuse(request, {
          code: 'GSB-BLK-002',
          status: 500,
          detail,
          rule: 'defect:response-contract',
          operationId,
        });
      }
      if (hasOutcome(answer)) {
        const keyed = key === undefined ? {} : { keyed: { operationId, key, requestHash, answer } };
        const commit = (): Promise<void> => log.commit({ outcome: outcomeOf(answer), ...keyed });
        await (locked ? commit() : mutex.run(workspace, commit));
      }
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

  function refuseError(request: BlockRequest, operationId: string, error: unknown): BlockResponse {
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
    openapi: definition.openapi,
    handle,
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
        if (hasOutcome(outcome)) await log.commit({ outcome: outcomeOf(outcome) });
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
    state: createStateBrowser<S>({
      block: definition.id,
      collections: definition.collections ?? {},
      open,
      now: (workspace) => deps.clocks.of(workspace).now(),
      exclusively: (workspace, work) => mutex.run(workspace, work),
    }),
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

type OutcomeParts = Pick<OperationAnswer, 'effects' | 'callbacks' | 'jobs'>;

function hasOutcome({ effects, callbacks, jobs }: OutcomeParts): boolean {
  return (effects?.length ?? 0) + (callbacks?.length ?? 0) + (jobs?.length ?? 0) > 0;
}

function outcomeOf({ effects, callbacks, jobs }: OutcomeParts): OutcomeParts {
  return { ...(effects && { effects }), ...(callbacks && { callbacks }), ...(jobs && { jobs }) };
}

function clientOf(headers: Readonly<Record<string, string>>): string | undefined {
  for (const name of CLIENT_HEADERS) if (headers[name] !== undefined) return headers[name];
  return undefined;
}

/** A contract names one of the three; a caller may use another. */
function withClientNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const client = clientOf(headers);
  if (client === undefined) return headers;
  return { ...Object.fromEntries(CLIENT_HEADERS.map((name) => [name, client])), ...headers };
}

function toResponse(
  answer: Pick<OperationAnswer, 'status' | 'body' | 'headers' | 'rule'>,
  extra: Readonly<Record<string, string>> = {},
): BlockResponse {
  const headers: Record<string, string> = {
    'x-sandbox-rule': answer.rule.replace(/[^\x20-\x7e]/g, '?'),
    ...extra,
  };
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[name.toLowerCase()] = value;
  if (answer.body === undefined) return { status: answer.status, headers };
  headers['content-type'] ??= 'application/json';
  return { status: answer.status, headers, body: answer.body };
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
