import type { Case } from '../../contracts/case.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import { changeDocument, type Collection, type DocumentStore } from '../../contracts/documents.js';
import {
  caseIdSchema,
  type CaseId,
  type PersonRef,
  type RunId,
  type WorkspaceId,
} from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { CaseKind } from '../../contracts/use-case.js';
import { blockSetOf } from './search.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import { createNumbering, type Counter } from './case-numbers.js';

export interface NewCase {
  readonly workspace: WorkspaceId;
  readonly id: string;
  readonly useCase: string;
  readonly kind: string;
  readonly definition: CaseKind;
  readonly person?: PersonRef;
  readonly openedBy?: CaseId;
  /** The run that its workflow will be. */
  readonly run: RunId;
}

export interface CaseMoveRequest {
  readonly run: RunId;
  /** Runs that ran this before: what they moved is not moved again. */
  readonly earlier?: readonly string[];
  /** The task instance: the same one moves a case once. */
  readonly task: string;
  /** Stays as it is when absent. */
  readonly state?: string;
  readonly step?: string;
  readonly facts: JsonObject;
}

export interface Cases {
  readonly collection: Collection<Case>;
  /** Opens it, or finds it. `told` resolves once the workspace's log says that it was opened. */
  open(request: NewCase): Promise<{ readonly case: Case; readonly told: Promise<unknown> }>;
  /** Moves the state machine; GSB-RUN-003 when the use case declares no such transition. */
  move(
    workspace: WorkspaceId,
    id: string,
    definitionOf: (of: Case) => CaseKind,
    move: CaseMoveRequest,
  ): Promise<Case>;
  addRun(workspace: WorkspaceId, id: CaseId, run: RunId): Promise<void>;
  /** Notes building blocks that a run of the case has called. */
  addBlocks(workspace: WorkspaceId, id: CaseId, blocks: readonly string[]): Promise<void>;
  setTrouble(workspace: WorkspaceId, id: CaseId, trouble: string | undefined): Promise<void>;
}

export const caseDocumentId = (workspace: WorkspaceId, id: string): string => `${workspace}/${id}`;

export function createCases(deps: {
  documents: DocumentStore;
  journal: Journal;
  clocks: WorkspaceClocks;
  realClock: Clock;
}): Cases {
  const collection = deps.documents.collection<Case>('cases', [
    'kind',
    'state',
    'person',
    'useCase',
    'number',
    'openedBy',
    'blockSet',
    'openedAt',
  ]);
  const counters = deps.documents.collection<Counter>('counters');
  const nextNumber = createNumbering(counters, deps.realClock);

  return {
    collection,
    open: async ({ workspace, id, useCase, kind, definition, person, openedBy, run }) => {
      const documentId = caseDocumentId(workspace, id);
      const now = deps.clocks.of(workspace).now().toISOString();
      const opened: Case = {
        _id: documentId,
        id: caseIdSchema.parse(id),
        workspace,
        useCase,
        kind,
        number: await nextNumber(workspace, definition.numberPrefix),
        ...(person === undefined ? {} : { person }),
        ...(openedBy === undefined ? {} : { openedBy }),
        state: definition.states.initial,
        history: [{ state: definition.states.initial, at: now, run, task: 'opened' }],
        runs: [run],
        facts: {},
        openedAt: now,
      };
      // Not looked for first: most are new, and a number that is taken in vain is only a gap.
      if (!(await collection.insert(opened))) {
        const known = (await collection.get(documentId))?.doc;
        return { case: known ?? opened, told: Promise.resolve() };
      }
      const event: WorkspaceEvent = {
        type: 'case.opened',
        caseId: id,
        useCase,
        kind,
        number: opened.number,
        time: now,
        at: deps.realClock.now().toISOString(),
      };
      return { case: opened, told: deps.journal.append(streams.log(workspace), 'any', [{ event }]) };
    },
    move: async (workspace, id, definitionOf, move) => {
      const now = deps.clocks.of(workspace).now().toISOString();
      const moved = await changeDocument(collection, caseDocumentId(workspace, id), (current) =>
        moveCase(current, definitionOf(current), move, now),
      );
      if (moved === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no case ${id}.` });
      return moved;
    },
    addRun: async (workspace, id, run) => {
      await changeDocument(collection, caseDocumentId(workspace, id), (current) =>
        current.runs.includes(run) ? undefined : { ...current, runs: [...current.runs, run] },
      );
    },
    addBlocks: async (workspace, id, blocks) => {
      await changeDocument(collection, caseDocumentId(workspace, id), (current) => {
        const all = [...new Set([...(current.blocks ?? []), ...blocks])].sort();
        if (all.length === (current.blocks ?? []).length) return undefined;
        return { ...current, blocks: all, blockSet: blockSetOf(all) };
      });
    },
    setTrouble: async (workspace, id, trouble) => {
      await changeDocument(collection, caseDocumentId(workspace, id), (current) => {
        if (current.trouble === trouble) return undefined;
        const { trouble: _before, ...rest } = current;
        return trouble === undefined ? rest : { ...rest, trouble };
      });
    },
  };
}

function moveCase(current: Case, definition: CaseKind, move: CaseMoveRequest, now: string): Case | undefined {
  if (current.history.some(({ run, task }) => run === move.run && task === move.task)) return undefined;
  const before = current.history.some(
    ({ run, task, state }) => move.earlier?.includes(run) && task === move.task && state === move.state,
  );
  if (before && current.closedAt !== undefined) return undefined;
  const facts = { ...current.facts, ...move.facts };
  const step = move.step === undefined ? {} : { step: move.step };
  if (before || move.state === undefined || move.state === current.state)
    return { ...current, ...step, facts };
  const allowed = definition.states.transitions.some(
    ({ from, to }) => to === move.state && from.includes(current.state),
  );
  // An earlier run of the line had it there, and moved it nowhere: it stood there already, as a case does when it opens.
  const wasThere = current.history.some(
    ({ run, state }) => move.earlier?.includes(run) && state === move.state,
  );
  if (!allowed && wasThere) return { ...current, ...step, facts };
  if (!allowed) {
    throw new SandboxError('GSB-RUN-003', {
      detail: `Case ${current.number} is "${current.state}"; no transition leads from there to "${move.state}".`,
    });
  }
  return {
    ...current,
    ...step,
    state: move.state,
    facts,
    history: [...current.history, { state: move.state, at: now, run: move.run, task: move.task }],
    ...(definition.states.final.includes(move.state) ? { closedAt: now } : {}),
  };
}
