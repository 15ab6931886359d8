import type { AuditLog } from '../contracts/audit.js';
import type { BlockId, Block } from '../contracts/block.js';
import type { Clock } from '../contracts/clock.js';
import type { Digest } from '../contracts/digest.js';
import type { Ids, RunId, WorkspaceId } from '../contracts/ids.js';
import { personRefSchema, runIdSchema } from '../contracts/ids.js';
import type { Principal } from '../contracts/identity.js';
import type { Journal } from '../contracts/journal.js';
import { isJsonObject, type Json, type JsonObject } from '../contracts/json.js';
import { SandboxError } from '../contracts/problems.js';
import type { RunEvent } from '../contracts/run-event.js';
import type { RequestJournal } from '../contracts/request-journal.js';
import type { Secrets } from '../contracts/secrets.js';
import { streams } from '../contracts/streams.js';
import { describeBinding } from '../orchestrator/blocks/binding.js';
import type { CallbackKeys } from '../mocks/kit/callback-keys.js';
import type { DurableCallbackSender } from '../mocks/kit/callback-sender.js';
import type { FaultBoard } from '../mocks/kit/faults.js';
import type { Sealer } from '../mocks/information-mediator/seal.js';
import type { Bindings } from '../orchestrator/blocks/bindings.js';
import type { ApiPorts } from '../orchestrator/http/api-ports.js';
import { caseDocumentId } from '../orchestrator/runtime/cases.js';
import { runDocumentId } from '../orchestrator/runtime/run-store.js';
import { createLifecycleViews } from '../orchestrator/runtime/lifecycle/lifecycle-views.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { HumanTasks } from '../orchestrator/tasks/human-tasks.js';
import type { ClockControl } from '../orchestrator/workspaces/clock-control.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import { isCallbackToken } from './callback-url.js';
import type { ConsentLookup } from '../mocks/consent/lookup.js';
import type { AccessRights } from '../mocks/information-mediator/access-rights.js';
import { blockFacts } from './docs/blocks/block-facts.js';
import { createExchangeIndex } from './exchange-index.js';
import { describeTimer } from './next-timer.js';
import { createAuditPorts } from './ports/audit.js';
import { createOwnPorts } from './ports/own.js';
import { createMediatorPorts } from './ports/mediator.js';
import { readBound } from './ports/read-bound.js';
import { createBindingPorts } from './ports/bindings.js';
import { createCaseFiles } from './ports/case-files.js';
import { createCallbackPorts } from './ports/callbacks.js';
import { createFaultPorts } from './ports/faults.js';
import { createUseCasePorts } from './ports/use-cases.js';
import { createRequestJournalPorts } from './ports/request-journal.js';
import { createStage } from './ports/stage.js';
import { createStatePorts, type StatePortDeps } from './ports/block-state.js';
import { createRunPorts, createWorkflowVersions } from './run-ports.js';
import { createApiValidation } from './validation/api-validation.js';
import type { Countries } from './countries.js';
import type { UseCaseCatalog } from './use-case-catalog.js';

export interface ApiPortDeps {
  readonly catalog: UseCaseCatalog;
  readonly countries: Countries;
  readonly runtime: Runtime;
  readonly tasks: HumanTasks;
  readonly journal: Journal;
  readonly clocks: MovableClocks;
  readonly realClock: Clock;
  readonly digest: Digest;
  readonly ids: Ids;
  readonly clockControl: Pick<ClockControl, 'change'>;
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly bindings: Pick<Bindings, 'list' | 'get' | 'set' | 'remove' | 'diff' | 'deliver'>;
  readonly faults: FaultBoard;
  readonly callbacks: DurableCallbackSender;
  readonly callbackKeys: CallbackKeys;
  readonly requests: RequestJournal | undefined;
  readonly resetBlock: StatePortDeps['resetBlock'];
  readonly secrets: Secrets;
  readonly workspaces: ApiPorts['workspaces'];
  readonly data: ApiPorts['data'];
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly messageLog: ApiPorts['messageLog'];
  readonly rights: AccessRights;
  readonly consents: Pick<ConsentLookup, 'held'>;
  /** Where the API of a workspace is, for links in events. */
  readonly api: (workspace: string) => string;
  readonly audit: AuditLog;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Runs whose case is remembered for the event stream. */
const PERSONS_AT_HAND = 10_000;

/** Joins the API's ports to the rooms behind them. */
export function createApiPorts(deps: ApiPortDeps): ApiPorts {
  const { runtime, catalog, tasks } = deps;
  const exchanges = createExchangeIndex(deps.journal);
  const findCase: ApiPorts['cases']['get'] = async (workspace, id) => {
    const found = await runtime.cases.collection.get(caseDocumentId(workspace, id));
    if (found === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no case ${id}.` });
    return found.doc;
  };
  const findRun: ApiPorts['runs']['get'] = async (workspace, id) => {
    const found = await runtime.store.runs.get(runDocumentId(workspace, id));
    if (found === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no run ${id}.` });
    return found.doc;
  };
  const openCase: ApiPorts['cases']['open'] = async ({
    workspace,
    useCase,
    kind,
    input,
    actor,
    key,
    document,
  }) => {
    const definition = catalog.caseKind(useCase, kind);
    // With a document it is started by somebody who operates the sandbox: see the permissions of POST /runs.
    if (document === undefined && !definition.startedBy.some((role) => actor.roles.includes(role))) {
      throw new SandboxError('GSB-AUT-002', {
        detail: `A case of kind ${kind} is opened by: ${definition.startedBy.join(', ')}.`,
      });
    }
    if (definition.form !== undefined) assertForm(catalog, useCase, definition.form, input);
    return runtime.openCase({
      workspace,
      useCase,
      kind,
      key: key === undefined ? deps.ids.next('case') : `${actor.subject}:${key}`,
      ...(key === undefined ? { unrepeatable: true } : {}),
      input,
      ...personOf(actor),
      metadata: { actor: actorOf(actor) },
      ...(document === undefined ? {} : { document }),
    });
  };
  const lifecycle = createLifecycleViews({ journal: deps.journal, api: deps.api });
  const runPorts = createRunPorts({ runtime, catalog, ids: deps.ids, lifecycle, openCase });
  const callbacks = createCallbackPorts(deps);
  const persons = new Map<string, { caseId: string; person?: string }>();
  const messages: ApiPorts['messages'] = (workspace, recipient) =>
    allPages(deps, workspace, 'messaging', 'listSandboxMessages', '/sandbox/messages', {
      limit: '200',
      ...(recipient === undefined ? {} : { recipient }),
    });
  const ledger = (workspace: WorkspaceId, filter: Record<string, string>): Promise<readonly Json[]> =>
    allPages(deps, workspace, 'payments', 'readLedger', '/sandbox/ledger', { pageSize: '1000', ...filter });

  const ports: ApiPorts = {
    validation: createApiValidation(),
    ...createUseCasePorts(deps.countries),
    personas: async (workspace) => {
      const useCases = await deps.countries.useCases(workspace);
      return useCases
        .flatMap(({ personas }) => personas)
        .map((persona) => ({ ...persona, username: persona.id })) as never;
    },
    workflowVersions: createWorkflowVersions(runtime, deps.countries),
    lifecycleFollower: () => lifecycle.follower(),
    cases: {
      get: findCase,
      list: async (workspace, query) => {
        const { found, next } = await runtime.search.cases(workspace, query);
        return { cases: found, ...(next === undefined ? {} : { next }) };
      },
      open: openCase,
      publish: (workspace, id, event) => runtime.events.publish(workspace, id, event),
    },
    runs: {
      get: findRun,
      ...runPorts,
      events: async (workspace, id, after, limit) => {
        const options = { after, ...(limit === undefined ? {} : { limit }) };
        const records = await deps.journal.read(streams.run(workspace, id), options);
        return records.map(({ seq, event, payload }) => ({
          seq,
          event: event as unknown as RunEvent,
          ...(payload === undefined ? {} : { payload }),
        }));
      },
      workflow: (run) => runtime.definitions.documentOf(run),
      exchanges: (workspace, id) => exchanges.of(workspace, id),
      callback: async (workspace, run, token, name, body, proof) => {
        // An unknown run and a wrong token get the same answer: nobody learns from guessing which runs there are.
        const known = isCallbackToken(deps.digest, workspace, run, token);
        if (!known || (await runtime.store.runs.get(runDocumentId(workspace, run))) === undefined)
          throw new SandboxError('GSB-REQ-002', { detail: 'Nobody is called back at this address.' });
        if (proof !== undefined) await callbacks.assertSigned(workspace, proof);
        await runtime.events.deliver(workspace, run, {
          specversion: '1.0',
          // The same body posted again is the same event: real systems repeat their callbacks.
          id: deps.digest.sha256(`${run}|${name}|${JSON.stringify(body)}`).slice(0, 32),
          source: 'https://govstack-sandbox.invalid/callbacks',
          type: `org.govstack.callback.${name}`,
          time: deps.clocks.of(workspace).now().toISOString(),
          data: body,
        });
      },
    },
    tasks,
    clock: {
      read: async (workspace) => {
        await deps.clocks.refresh(workspace);
        const next = await runtime.timers.next(workspace);
        return {
          now: deps.clocks.of(workspace).now().toISOString(),
          state: deps.clocks.standing(workspace),
          offsetMilliseconds: deps.clocks.offset(workspace),
          nextTimer: next === undefined ? null : await describeTimer({ runtime, tasks }, workspace, next),
        };
      },
      change: (workspace, change, by) => deps.clockControl.change(workspace, change, by.username),
    },
    events: {
      publish: async (workspace, event, to, by) => {
        if (to?.run !== undefined) {
          const run = await findRun(workspace, to.run);
          if (run.endedAt !== undefined && run.status !== 'faulted')
            throw new SandboxError('GSB-REQ-003', {
              detail: `Run ${run.id} has ended: it is ${run.status}.`,
            });
          await runtime.events.deliver(workspace, run.id, event);
          return { reached: 1, started: 0, duplicate: false };
        }
        if (to?.case !== undefined) {
          const found = await findCase(workspace, to.case);
          if (found.closedAt !== undefined)
            throw new SandboxError('GSB-REQ-003', { detail: `Case ${found.number} is closed.` });
          const reached = await runtime.events.publish(workspace, found.id, event);
          return { reached, started: 0, duplicate: false };
        }
        return runtime.workspaceEvents.publish(workspace, event, by.username);
      },
    },
    blocks: {
      list: (workspace) =>
        Promise.all(
          [...deps.blocks.values()].map(async ({ id, title, openapi }) => {
            const bound = await deps.bindings.get(workspace, id);
            return {
              id,
              title,
              binding: bound.kind === 'real' ? bound.baseUrl : describeBinding(bound),
              operations: operationsIn(openapi),
              candidates: blockFacts[id]?.candidates ?? [],
            };
          }),
        ),
    },
    audit: createAuditPorts(deps),
    caseFiles: createCaseFiles({
      ...deps,
      cases: runtime.cases.collection,
      runs: runtime.store.runs,
      exchanges,
    }),
    stage: createStage({
      ...deps,
      ports: () => ports,
    }),
    bindings: createBindingPorts(deps),
    faults: createFaultPorts(deps),
    callbacks,
    messages,
    ledger: (workspace) => ledger(workspace, {}),
    own: createOwnPorts({
      useCases: deps.countries.useCases,
      runtime,
      messages,
      ledger: (workspace, payeeIdentity) => ledger(workspace, { payeeIdentity }),
    }),
    messageLog: deps.messageLog,
    mediator: createMediatorPorts({ ...deps, exchanges }),
    secrets: deps.secrets,
    workspaces: deps.workspaces,
    data: deps.data,
    requestJournal: createRequestJournalPorts(deps),
    state: createStatePorts(deps),
    journal: deps.journal,
    caseOfRun: async (workspace, run) => {
      const key = `${workspace}/${run}`;
      const known = persons.get(key);
      if (known !== undefined) return known;
      const id: RunId = runIdSchema.parse(run);
      const found = await runtime.store.runs.get(runDocumentId(workspace, id));
      if (found === undefined) return undefined;
      const { person } = await findCase(workspace, found.doc.caseId);
      const of = { caseId: found.doc.caseId, ...(person === undefined ? {} : { person }) };
      if (persons.size >= PERSONS_AT_HAND) persons.clear();
      persons.set(key, of);
      return of;
    },
  };
  return ports;
}

function actorOf({ subject, username, roles, person }: Principal): JsonObject {
  return {
    subject,
    username,
    role: roles[0] ?? 'citizen',
    roles: [...roles],
    ...(person === undefined ? {} : { person }),
  };
}

/** A citizen's case is about that citizen; officers open cases about others, whom the workflow remembers. */
function personOf({ roles, person }: Principal): { person?: ReturnType<typeof personRefSchema.parse> } {
  return roles.includes('citizen') && person !== undefined ? { person: personRefSchema.parse(person) } : {};
}

function assertForm(catalog: UseCaseCatalog, useCase: string, form: string, input: Json): void {
  const violations = catalog.formViolations(useCase, form, input);
  if (violations.length === 0) return;
  throw new SandboxError('GSB-REQ-001', {
    detail: violations
      .map(({ pointer, message }) => `${pointer === '' ? 'The form' : pointer}: ${message}`)
      .join('; '),
    extensions: { errors: violations.map((violation) => ({ ...violation })) },
  });
}

function operationsIn(openapi: JsonObject): number {
  const paths = isJsonObject(openapi['paths']) ? Object.values(openapi['paths']) : [];
  const methods = ['get', 'put', 'post', 'delete', 'patch'];
  return paths.reduce<number>(
    (sum, item) => sum + (isJsonObject(item) ? methods.filter((method) => method in item).length : 0),
    0,
  );
}

/** Reads an extension listing of a block page by page: `{entries|messages, next?}`, continued by `after`. */
async function allPages(
  deps: ApiPortDeps,
  workspace: WorkspaceId,
  block: BlockId,
  operation: string,
  path: string,
  query: Record<string, string>,
): Promise<readonly Json[]> {
  const entries: Json[] = [];
  for (let after: Record<string, string> = {}; ;) {
    const request = { method: 'GET', path, query: { ...query, ...after }, headers: {} } as const;
    const body = await readBound(deps, workspace, block, operation, request);
    if (!isJsonObject(body)) return entries;
    const found = Object.values(body).find((value) => Array.isArray(value)) as readonly Json[] | undefined;
    entries.push(...(found ?? []));
    const { next } = body;
    if (typeof next !== 'string' || next === '') return entries;
    after = { after: next };
  }
}
