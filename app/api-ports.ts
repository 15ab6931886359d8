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
import { streams } from '../contracts/streams.js';
import type { Bindings } from '../orchestrator/blocks/bindings.js';
import type { ApiPorts } from '../orchestrator/http/api-ports.js';
import { caseDocumentId } from '../orchestrator/runtime/cases.js';
import { runDocumentId } from '../orchestrator/runtime/run-store.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { HumanTasks } from '../orchestrator/tasks/human-tasks.js';
import type { AdvanceClock } from '../orchestrator/workspaces/advance-clock.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import { callbackToken } from './callback-url.js';
import { createExchangeIndex } from './exchange-index.js';
import type { UseCaseCatalog } from './use-case-catalog.js';

export interface ApiPortDeps {
  readonly catalog: UseCaseCatalog;
  readonly runtime: Runtime;
  readonly tasks: HumanTasks;
  readonly journal: Journal;
  readonly clocks: MovableClocks;
  readonly realClock: Clock;
  readonly digest: Digest;
  readonly ids: Ids;
  readonly advanceClock: AdvanceClock;
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly bindings: Pick<Bindings, 'get'>;
  readonly faults: {
    list(workspace: WorkspaceId): ReturnType<ApiPorts['blocks']['faults']>;
    add(workspace: WorkspaceId, fault: Awaited<ReturnType<ApiPorts['blocks']['addFault']>>): Promise<void>;
    remove(workspace: WorkspaceId, id: string): Promise<unknown>;
  };
  readonly messageLog: ApiPorts['messageLog'];
  readonly reset: ApiPorts['reset'];
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
  const persons = new Map<string, { caseId: string; person?: string }>();

  return {
    useCases: catalog.useCases.map(({ manifest, forms, locales, workflows, scenarios }) => ({
      manifest,
      forms,
      locales,
      workflows: workflows.map(({ document: { name, version, title } }) => ({ name, version, title })),
      scenarios: Object.entries(scenarios).map(([name, scenario]) => ({
        name,
        title: titleOf(scenario, name),
      })),
    })),
    personas: catalog.useCases
      .flatMap(({ personas }) => personas)
      .map((persona) => ({
        ...persona,
        username: persona.id,
      })) as never,
    cases: {
      get: findCase,
      list: async (workspace, { useCase, kind, state, person, after, limit }) => {
        const filter = Object.fromEntries(
          Object.entries({ kind, state, person }).filter(([, value]) => value !== undefined),
        ) as Record<string, string>;
        const found = await runtime.cases.collection.find({ idPrefix: `${workspace}/`, filter });
        return found
          .map(({ doc }) => doc)
          .filter((doc) => useCase === undefined || doc.useCase === useCase)
          .sort(
            (one, other) =>
              other.openedAt.localeCompare(one.openedAt) || other.number.localeCompare(one.number),
          )
          .filter(pageAfter(after))
          .slice(0, limit);
      },
      open: async ({ workspace, useCase, kind, input, actor, key }) => {
        const definition = catalog.caseKind(useCase, kind);
        if (!definition.startedBy.some((role) => actor.roles.includes(role))) {
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
          input,
          ...personOf(actor),
          metadata: { actor: actorOf(actor) },
        });
      },
      publish: (workspace, id, event) => runtime.events.publish(workspace, id, event),
    },
    runs: {
      get: findRun,
      list: async (workspace, caseId) => {
        const found = await runtime.store.runs.find({
          idPrefix: `${workspace}/`,
          ...(caseId === undefined ? { limit: 500 } : { filter: { caseId } }),
        });
        return found.map(({ doc }) => doc);
      },
      events: async (workspace, id, after) => {
        const records = await deps.journal.read(streams.run(workspace, id), { after });
        return records.map(({ seq, event, payload }) => ({
          seq,
          event: event as unknown as RunEvent,
          ...(payload === undefined ? {} : { payload }),
        }));
      },
      exchanges: (workspace, id) => exchanges.of(workspace, id),
      signal: async (workspace, id, kind, by) => {
        // Before, not after: the run may be parked again faster than this request ends.
        if (kind === 'resume')
          await runtime.cases.setTrouble(workspace, (await findRun(workspace, id)).caseId, undefined);
        const signalId = deps.ids.next(kind);
        await runtime.signals.send(
          workspace,
          id,
          kind === 'cancel' ? { kind, id: signalId, reason: `by ${by.username}` } : { kind, id: signalId },
        );
      },
      callback: async (workspace, run, token, name, body) => {
        if (token !== callbackToken(deps.digest, workspace, run)) {
          throw new SandboxError('GSB-REQ-002', { detail: 'Nobody is called back at this address.' });
        }
        await findRun(workspace, run);
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
      read: async (workspace) => ({
        now: deps.clocks.of(workspace).now().toISOString(),
        offsetMilliseconds: deps.clocks.offset(workspace),
        nextTimer: (await runtime.timers.next(workspace))?.due ?? null,
      }),
      advance: (workspace, move, by) => deps.advanceClock(workspace, move, by.username),
    },
    blocks: {
      list: (workspace) =>
        Promise.all(
          [...deps.blocks.values()].map(async ({ id, title, openapi }) => {
            const bound = await deps.bindings.get(workspace, id);
            return {
              id,
              title,
              binding: bound.kind === 'real' ? bound.baseUrl : bound.kind,
              operations: operationsIn(openapi),
            };
          }),
        ),
      faults: async (workspace, block) =>
        (await deps.faults.list(workspace)).filter((fault) => fault.block === block),
      addFault: async (workspace, fault) => {
        const added = { ...fault, id: deps.ids.next('fault') };
        await deps.faults.add(workspace, added);
        return added;
      },
      clearFaults: async (workspace, block) => {
        for (const fault of await deps.faults.list(workspace)) {
          if (fault.block === block) await deps.faults.remove(workspace, fault.id);
        }
      },
    },
    messages: (workspace, recipient) =>
      allPages(deps, workspace, 'messaging', '/sandbox/messages', {
        limit: '200',
        ...(recipient === undefined ? {} : { recipient }),
      }),
    ledger: (workspace) => allPages(deps, workspace, 'payments', '/sandbox/ledger', { pageSize: '1000' }),
    messageLog: deps.messageLog,
    reset: deps.reset,
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

function titleOf(scenario: unknown, name: string): string {
  return isJsonObject(scenario) && typeof scenario['title'] === 'string' ? scenario['title'] : name;
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
  path: string,
  query: Record<string, string>,
): Promise<readonly Json[]> {
  const entries: Json[] = [];
  for (let after: Record<string, string> = {}; ;) {
    const request = { method: 'GET', path, query: { ...query, ...after }, headers: {} } as const;
    const body = (await deps.blocks.get(block)?.handle(workspace, request))?.body;
    if (!isJsonObject(body)) return entries;
    const found = Object.values(body).find((value) => Array.isArray(value)) as readonly Json[] | undefined;
    entries.push(...(found ?? []));
    const { next } = body;
    if (typeof next !== 'string' || next === '') return entries;
    after = { after: next };
  }
}

/** Continues a listing behind the case with this number. */
function pageAfter(number: string | undefined): (of: { number: string }) => boolean {
  let passed = number === undefined;
  return (of) => {
    const was = passed;
    passed ||= of.number === number;
    return was;
  };
}
