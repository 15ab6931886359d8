import type { Case } from '../../contracts/case.js';
import { CASE_FILE_FORMAT, type CaseFile, type CaseFileTask } from '../../contracts/case-file.js';
import type { Clock } from '../../contracts/clock.js';
import type { HumanTask } from '../../contracts/human-task.js';
import type { CaseId, WorkspaceId } from '../../contracts/ids.js';
import type { Principal } from '../../contracts/identity.js';
import type { Journal } from '../../contracts/journal.js';
import type { Run } from '../../contracts/run.js';
import type { RunEvent } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import type { Sealer } from '../../mocks/information-mediator/seal.js';
import type { Collection } from '../../contracts/documents.js';
import type { CaseFilePorts } from '../../orchestrator/http/ports/case-file-ports.js';
import { caseDocumentId } from '../../orchestrator/runtime/cases.js';
import { runDocumentId } from '../../orchestrator/runtime/run-store.js';
import type { Countries } from '../countries.js';
import type { ExchangeIndex } from '../exchange-index.js';
import { personaPrincipals } from '../persona-principals.js';

/** So many cases of one matter are told; a census may open thousands. */
const MOST_CASES = 200;
const TRAINING = 'Training, not real. No person, account or payment in here exists.';

export interface CaseFileDeps {
  readonly cases: Collection<Case>;
  readonly runs: Collection<Run>;
  readonly tasks: {
    list(
      workspace: WorkspaceId,
      principal: Principal,
      query: { caseId: string },
    ): Promise<readonly HumanTask[]>;
  };
  readonly journal: Journal;
  readonly exchanges: Pick<ExchangeIndex, 'of'>;
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly countries: Pick<Countries, 'useCase' | 'useCases'>;
  readonly realClock: Clock;
}

/** A case, the cases it crosses, and everything that happened in them, as one file. */
export function createCaseFiles(deps: CaseFileDeps): CaseFilePorts {
  return {
    write: async (workspace, root, { payloads, maySee, by }) => {
      const cases = (await crossed(deps, workspace, root)).filter(maySee);
      const told = await Promise.all(
        cases.map(async (one) => ({ case: one, runs: await runsOf(deps, workspace, one.id) })),
      );
      const runs = told.flatMap((one) => one.runs);
      const events = await Promise.all(
        runs.map(async ({ id }) => {
          const records = await deps.journal.read(streams.run(workspace, id));
          return records.map(({ seq, event }) => ({ run: id, seq, event: event as unknown as RunEvent }));
        }),
      );
      const exchanges = await Promise.all(runs.map(({ id }) => deps.exchanges.of(workspace, id)));
      const tasks = await Promise.all(cases.map(({ id }) => deps.tasks.list(workspace, by, { caseId: id })));
      const seal = await deps.sealer.seal(workspace);
      const { manifest, locales, presentation } = await deps.countries.useCase(workspace, root.useCase);
      const names = new Map(
        personaPrincipals(await deps.countries.useCases(workspace)).map(
          ({ subject, name }) => [subject, name] as const,
        ),
      );
      return {
        format: CASE_FILE_FORMAT,
        version: 1,
        training: TRAINING,
        exportedAt: deps.realClock.now().toISOString(),
        redacted: !payloads,
        caseId: root.id,
        cases: told,
        events: events.flat(),
        exchanges: exchanges
          .flat()
          .map((record) => (payloads ? record : { seq: record.seq, exchange: record.exchange })),
        tasks: tasks.flat().map((task) => toldTask(task, names)),
        useCase: { manifest, locales, ...(presentation === undefined ? {} : { presentation }) },
        seal: seal === undefined ? null : { head: seal.head, upTo: seal.upTo },
      } satisfies CaseFile;
    },
  };
}

/** The case, those that it opened and they opened in turn, and those whose runs moved it. */
async function crossed(deps: CaseFileDeps, workspace: WorkspaceId, root: Case): Promise<readonly Case[]> {
  const found = new Map<CaseId, Case>([[root.id, root]]);
  for (const of of found.values()) {
    const opened = await deps.cases.find({ idPrefix: `${workspace}/`, filter: { openedBy: of.id } });
    for (const { doc } of opened) if (found.size < MOST_CASES) found.set(doc.id, doc);
  }
  const foreign = new Set(root.history.map(({ run }) => run).filter((run) => !root.runs.includes(run)));
  for (const run of foreign) {
    const mover = await deps.runs.get(runDocumentId(workspace, run));
    if (mover === undefined || found.has(mover.doc.caseId)) continue;
    const of = await deps.cases.get(caseDocumentId(workspace, mover.doc.caseId));
    if (of !== undefined && found.size < MOST_CASES) found.set(of.doc.id, of.doc);
  }
  return [...found.values()];
}

async function runsOf(deps: CaseFileDeps, workspace: WorkspaceId, caseId: CaseId): Promise<readonly Run[]> {
  const found = await deps.runs.find({ idPrefix: `${workspace}/`, filter: { caseId } });
  return found.map(({ doc }) => doc);
}

function toldTask(task: HumanTask, names: ReadonlyMap<string, string>): CaseFileTask {
  const { id, caseId, runId, key, name, role, form, state, createdAt, completedAt, completedBy } = task;
  const by = role === 'citizen' || completedBy === undefined ? undefined : names.get(completedBy);
  return {
    id,
    caseId,
    runId,
    key,
    name,
    role,
    form,
    state,
    createdAt,
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(by === undefined ? {} : { by }),
  };
}
