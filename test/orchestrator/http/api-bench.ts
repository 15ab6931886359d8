import express, { type Express, type Request } from 'express';
import type { HumanTask } from '../../../contracts/human-task.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';
import { SandboxError } from '../../../contracts/problems.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { apiDocument } from './api-document.js';
import { createApi } from '../../../orchestrator/http/api.js';
import { workspacePorts } from './workspace-ports.js';
import type { ApiPorts, UseCaseView } from '../../../orchestrator/http/api-ports.js';
import { notedRequestJournal } from './journal-bench.js';
import { mediatorPorts } from './mediator-bench.js';
import { notedState } from './state-bench.js';
import { readPublishedUseCases } from '../../../app/published-use-cases.js';
import { breakingPorts } from './breaking-ports.js';
import { caseOf, contractDiff, exchange, instant, lifecycleEvent, runOf, taskOf } from './api-samples.js';

/** The API over ports that remember what they were asked: two citizens, a case, a run and a task of each. */
export interface ApiBench {
  readonly app: Express;
  readonly ports: ApiPorts;
  /** What reached the ports, as `name argument argument`. */
  readonly asked: string[];
  readonly journal: ReturnType<typeof createMemoryJournal>;
}

function found<T>(things: readonly T[], fits: (thing: T) => boolean, what: string): Promise<T> {
  const thing = things.find(fits);
  return thing === undefined
    ? Promise.reject(new SandboxError('GSB-REQ-002', { detail: `There is no ${what}.` }))
    : Promise.resolve(thing);
}

const workflow = {
  document: { dsl: '1.0.3', namespace: 'usct', name: 'application', version: '1.0.0' },
  do: [{ greet: { set: { hello: 'world' } } }],
};

export function createBench(): ApiBench {
  const asked: string[] = [];
  const note = (...parts: readonly unknown[]): void =>
    void asked.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
  const noted = (...parts: readonly unknown[]): Promise<void> => {
    note(...parts);
    return Promise.resolve();
  };
  const cases = [caseOf('amina'), caseOf('tomas')];
  const runs = [runOf('amina'), runOf('tomas')];
  const tasks = [taskOf('amina'), taskOf('tomas')];
  const journal = createMemoryJournal();
  const findTask = (id: string): Promise<HumanTask> => found(tasks, (task) => task.id === id, `task ${id}`);
  const useCases: readonly UseCaseView[] = [
    {
      manifest: {
        id: 'usct',
        reference: 'INST-1',
        version: '1.0.0',
        title: 'Cash transfer',
        summary: 'Training.',
        sdgs: [1],
        actors: [],
        steps: [],
        client: 'SANDBOX/GOV/MSW/USCT',
        services: {},
        cases: {},
        defaultScenario: 'usct-demo',
        locales: ['en'],
      },
      forms: { consent: { type: 'object' } },
      locales: { en: { title: 'Cash transfer' }, fr: { title: 'Transfert' }, ar: { title: 'تحويل' } },
      workflows: [
        {
          name: 'application',
          version: '1.0.0',
          title: 'Application',
          calls: [{ block: 'consent', operationId: 'read' }],
        },
      ],
      scenarios: [{ name: 'usct-demo', title: 'From application to receipt', steps: 12 }],
    },
  ];
  const ports: ApiPorts = {
    audit: {
      list: () => Promise.resolve({ entries: [auditEntry] }),
      check: () => Promise.resolve({ entries: 1, head: auditEntry.hash, intact: true }),
    },
    useCases: () => Promise.resolve(useCases),
    publishedUseCases: readPublishedUseCases,
    workflowDocument: () => Promise.resolve(workflow),
    caseFiles: {
      write: (_workspace, root, { payloads, maySee }) => {
        note('caseFiles.write', root.id, payloads, cases.filter(maySee).length);
        return Promise.resolve({
          format: 'govstack-sandbox-case',
          version: 1,
          training: 'Training, not real.',
          exportedAt: instant,
          redacted: !payloads,
          caseId: root.id,
          cases: [{ case: root, runs: [] }],
          events: [],
          exchanges: [],
          tasks: [],
          useCase: { manifest: useCases[0]!.manifest, locales: {} },
          seal: null,
        });
      },
    },
    stage: {
      act: (_workspace, id, data) => {
        note('stage.act', id, data);
        return findTask(id);
      },
      play: (_workspace, request) => {
        note('stage.play', request);
        return Promise.resolve({ application: 'case-amina' });
      },
    },
    personas: () =>
      Promise.resolve([
        {
          id: 'amina',
          username: 'amina',
          name: 'Amina Haddad',
          title: 'Citizen',
          story: 'Applies.',
          roles: ['citizen'],
          locale: 'en',
          person: 'person-amina' as never,
        },
      ]),
    cases: {
      list: (_workspace, query) => {
        note('cases.list', query);
        return Promise.resolve({
          cases: cases.filter(({ person }) => query.person === undefined || person === query.person),
        });
      },
      get: (_workspace, id) => found(cases, (one) => one.id === id, `case ${id}`),
      open: (request) => {
        note('cases.open', request.kind, request.actor.username, request.input);
        return Promise.resolve({ case: cases[0]!, runId: runs[0]!.id });
      },
      publish: (_workspace, id, event) => {
        note('cases.publish', id, event);
        return Promise.resolve(1);
      },
    },
    runs: {
      list: (_workspace, query) => {
        note('runs.list', query);
        const { caseId, person } = query;
        return Promise.resolve({
          runs: runs
            .filter((run) => caseId === undefined || run.caseId === caseId)
            .filter((run) => person === undefined || run.person === person),
        });
      },
      ofCase: (_workspace, id) => Promise.resolve(runs.filter(({ caseId }) => caseId === id)),
      start: (request) => {
        note('runs.start', request.workflow, request.actor.username, request.input);
        return Promise.resolve({ case: cases[0]!, runId: runs[0]!.id });
      },
      retry: (_workspace, id, from, by) => noted('runs.retry', id, from ?? 'where it failed', by.username),
      rerun: (_workspace, id, request) => {
        note('runs.rerun', id, request);
        const origin = { runId: id, task: request.from, earlier: [id] };
        return Promise.resolve({ ...runs[0]!, id: 'run-again' as never, origin });
      },
      cloudEvents: () => Promise.resolve([lifecycleEvent]),
      get: (_workspace, id) => found(runs, (run) => run.id === id, `run ${id}`),
      events: (_workspace, _id, after) => {
        note('runs.events', after);
        const event = { type: 'run.started', time: instant, at: instant } as const;
        return Promise.resolve([{ seq: after + 1, event, payload: { input: 'personal' } }]);
      },
      workflow: () => Promise.resolve(workflow),
      exchanges: () => Promise.resolve([exchange]),
      signal: (_workspace, id, kind, by) => noted('runs.signal', id, kind, by.username),
      callback: (_workspace, run, token, name, body) => noted('runs.callback', run, token, name, body),
    },
    tasks: {
      list: (_workspace, by, query) => {
        note('tasks.list', query);
        const visible = tasks.filter(({ person }) => !by.roles.includes('citizen') || person === by.person);
        return Promise.resolve(
          visible.filter(({ caseId }) => query.caseId === undefined || caseId === query.caseId),
        );
      },
      get: (_workspace, id) => findTask(id),
      claim: (_workspace, id) => findTask(id),
      complete: async (_workspace, id, by, data) => {
        const task = await findTask(id);
        const { decision } = data as JsonObject;
        if (decision !== 'granted' && decision !== 'refused') {
          const errors = [{ pointer: '/decision', message: 'must be granted or refused' }];
          throw new SandboxError('GSB-REQ-001', {
            detail: '/decision: must be granted or refused',
            extensions: { errors },
          });
        }
        note('tasks.complete', id, by.username, data);
        return { ...task, state: 'completed' as const };
      },
    },
    workspaces: workspacePorts(note),
    clock: {
      read: () => Promise.resolve({ now: instant, state: 'running', offsetMilliseconds: 0, nextTimer: null }),
      change: (_workspace, change, by) => {
        note('clock.change', change, by.username);
        return Promise.resolve({ now: instant, fired: 2 });
      },
    },
    events: {
      publish: (_workspace, event, to, by) => {
        note('events.publish', event.id, to ?? 'all', by.username);
        return Promise.resolve({ reached: 1, started: 0, duplicate: false });
      },
    },
    blocks: {
      list: () =>
        Promise.resolve([
          { id: 'payments', title: 'Payments', binding: 'mock', operations: 24, candidates: [] },
        ]),
    },
    ...breakingPorts({ instant, note, noted }),
    requestJournal: notedRequestJournal(note),
    messages: (_workspace, recipient) => {
      note('messages', recipient ?? 'all');
      return Promise.resolve([
        {
          id: 'm1',
          channel: 'sms',
          at: instant,
          recipient: '+15550101',
          text: 'RECEIPT. Training, not real.',
          status: 'delivered',
        },
      ]);
    },
    ledger: () =>
      Promise.resolve([
        {
          programme: 'USCT',
          payeeIdentity: 'F1',
          account: '+15550101',
          amount: 214,
          currency: 'USD',
          batchId: 'B-1',
          instructionId: 'F126011',
          correlationId: 'C1',
          at: instant,
        },
      ]),
    messageLog: () =>
      Promise.resolve({ sealed: null, verification: { holds: true, sealed: 0, unsealed: 0 } }),
    own: {
      messages: (_workspace, { person }) => {
        note('own.messages', person ?? 'nobody');
        return Promise.resolve([]);
      },
      payments: (_workspace, { person }) => {
        note('own.payments', person ?? 'nobody');
        return Promise.resolve([]);
      },
    },
    mediator: mediatorPorts(note),
    validation: {
      document: (text) => {
        note('validation.document', text);
        return Promise.resolve({
          valid: false,
          diagnostics: [
            {
              severity: 'error',
              code: 'missing-property',
              file: 'workflow.yaml',
              line: 1,
              column: 1,
              path: '',
              what: '"do" is missing',
              why: 'Nothing would happen.',
              fix: 'Add "do".',
            },
          ],
        });
      },
      schema: () => Promise.resolve({ type: 'object' }),
    },
    bindings: {
      list: () =>
        Promise.resolve([
          { binding: { kind: 'mock' } },
          {
            operationId: 'bulkPayment',
            binding: {
              kind: 'spy',
              baseUrl: 'https://pay.example',
              auth: { scheme: 'basic', secret: 'pay' },
            },
            unclearSince: instant,
          },
        ]),
      set: (_workspace, { block, operationId }, { binding }, by) => {
        note('binding', `${block}#${operationId ?? ''}`, by.username);
        return Promise.resolve({ view: { operationId, binding }, check: contractDiff });
      },
      remove: (_workspace, { block }, by) => noted('binding.removed', block, by.username),
      check: () => Promise.resolve(contractDiff),
    },
    state: notedState(note),
    data: {
      backup: () => Promise.resolve({ file: import.meta.filename, done: () => noted('backup done') }),
      erase: async (_workspace, person, reason) => {
        note('erase', person, reason);
        return Promise.resolve({ person });
      },
    },
    secrets: {
      list: () => Promise.resolve(['registry']),
      set: (_workspace, name) => noted('secret', name),
      remove: (_workspace, name) => Promise.resolve(name === 'registry'),
    },
    journal,
    lifecycleFollower: () => (record) =>
      Promise.resolve(
        record.stream.includes('/run/')
          ? [1, 2].map((n) => ({ ...lifecycleEvent, id: `${record.position}.${n}` }))
          : [],
      ),
    workflowVersions: (_workspace, useCase, name) =>
      Promise.resolve({
        useCase,
        name,
        versions: [
          {
            version: '1.0.0',
            revisions: [{ digest: 'd1', storedAt: instant, loaded: true, runs: 2, running: 2 }],
          },
        ],
      }),
    caseOfRun: (_workspace, run) => {
      const caseId = runs.find(({ id }) => id === run)?.caseId;
      const person = cases.find(({ id }) => id === caseId)?.person;
      return Promise.resolve(
        caseId === undefined ? undefined : { caseId, ...(person === undefined ? {} : { person }) },
      );
    },
  };
  const app = express();
  const api = createApi({
    document: apiDocument,
    ports,
    authenticate: (_request, _response, next) => next(),
    // The guard has tests of its own; here the header says it.
    principalOf: (request: Request) => {
      const said = request.get('x-test-principal');
      return said === undefined ? undefined : (JSON.parse(said) as Principal);
    },
    workspaceOf: () => DEFAULT_WORKSPACE,
    newId: () => 'event-1',
    logger: silentLogger,
  });
  app.use('/api/v1', api);
  return { app, ports, asked, journal };
}

const auditEntry = {
  seq: 1,
  at: '2026-01-05T09:00:00.000Z',
  time: '2026-01-05T09:00:00.000Z',
  action: 'POST /runs/:id/cancel',
  who: { subject: 'subject-farid', username: 'farid', roles: ['trainer'] },
  on: { id: 'run-amina' },
  outcome: 202,
  previous: '0'.repeat(64),
  hash: '1'.repeat(64),
};
