import type { Clock } from '../../contracts/clock.js';
import { noCorrelation, type Correlation } from '../../contracts/correlation.js';
import type { Digest } from '../../contracts/digest.js';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { limitVariables, type Limits } from '../../contracts/limits.js';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RunStatus } from '../../contracts/run-event.js';
import { caseDocumentId, type Cases } from './cases.js';
import type { Catalog } from './catalog.js';
import { caseSuffix, type OpenCase, type OpenCaseRequest } from './open-case.js';
import type { RunStore } from './run-store.js';

/**
 * A case that a request opens which nobody can send again, written down before the case itself: its run will be started,
 * whatever happens.
 */
interface Opening extends Document {
  readonly request: OpenCaseRequest;
  readonly correlation?: string;
}

export interface Openings {
  /**
   * Opens a case for somebody outside. GSB-RUN-005 when the workspace has too many unfinished runs; a case that is
   * there already is found all the same.
   */
  readonly openCase: OpenCase;
  /** Starts the runs of cases that a crash left without one. Returns how many. */
  heal(): Promise<number>;
}

const unfinished: readonly RunStatus[] = ['pending', 'running', 'waiting', 'suspended'];
/** Runs are counted at most so often; in between, those that were opened here are added. */
const COUNTED_FOR_MS = 1_000;
const RETRY_AFTER_SECONDS = 10;

export function createOpenings(deps: {
  documents: DocumentStore;
  store: RunStore;
  cases: Cases;
  catalog: Pick<Catalog, 'caseKind'>;
  digest: Digest;
  realClock: Clock;
  limitsOf: (workspace: WorkspaceId) => Promise<Pick<Limits, 'runs'>>;
  logger: Logger;
  openCase: OpenCase;
  correlation?: Correlation | undefined;
}): Openings {
  const openings = deps.documents.collection<Opening>('openings');
  const counts = new Map<WorkspaceId, { at: number; runs: number }>();

  async function assertRoom(request: OpenCaseRequest, id: string): Promise<void> {
    const { workspace } = request;
    const now = deps.realClock.now().getTime();
    const known = counts.get(workspace);
    const count =
      known !== undefined && now - known.at < COUNTED_FOR_MS
        ? known
        : {
            at: now,
            runs: await deps.store.runs.count({ idPrefix: `${workspace}/`, filter: { status: unfinished } }),
          };
    counts.set(workspace, count);
    const { runs } = await deps.limitsOf(workspace);
    if (count.runs < runs) {
      count.runs += 1;
      return;
    }
    if ((await deps.cases.collection.get(id)) !== undefined) return;
    throw new SandboxError('GSB-RUN-005', {
      detail: `${runs} runs of this workspace have not ended; ${limitVariables.runs} raises it.`,
      extensions: { retryAfter: RETRY_AFTER_SECONDS },
    });
  }

  const { correlation = noCorrelation } = deps;

  async function healOne({ _id, request, correlation: of }: Opening): Promise<void> {
    try {
      await correlation.within(of, () => deps.openCase(request));
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      // Its use case is gone meanwhile: nothing can be started, and the case says so.
      deps.logger.error({ err: error, case: _id }, 'a case that was being opened cannot be started');
      const found = await deps.cases.collection.get(_id);
      if (found !== undefined)
        await deps.cases.setTrouble(request.workspace, found.doc.id, `It was not started: ${error.detail}`);
    }
    await openings.delete(_id);
  }

  return {
    openCase: async (request) => {
      // First what may be refused: only what can be opened is written down.
      deps.catalog.caseKind(request.useCase, request.kind);
      const _id = caseDocumentId(request.workspace, `case-${caseSuffix(deps.digest, request)}`);
      await assertRoom(request, _id);
      // Who gave the key asks again with it, and finds or finishes what was begun.
      if (request.unrepeatable !== true) return deps.openCase(request);
      const of = correlation.current();
      await openings.put({ _id, request, ...(of === undefined ? {} : { correlation: of }) });
      const opened = await deps.openCase(request);
      await openings.delete(_id);
      return opened;
    },
    heal: async () => {
      const left = await openings.find();
      for (const { doc } of left) await healOne(doc);
      return left.length;
    },
  };
}
