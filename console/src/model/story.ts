import type { CaseFile, CaseFileTask } from '../../../contracts/case-file.js';
import type { BlockId } from '../../../contracts/block.js';
import type { Exchange } from '../../../contracts/exchange.js';
import type { Role } from '../../../contracts/identity.js';
import type { RunError, RunEvent } from '../../../contracts/run-event.js';
import type { RunRecord } from './timeline.js';

/**
 * The story of a case, derived from the event log of its runs and of the cases that it crosses. One beat is one thing
 * that an onlooker sees: a call, a person who is asked or who answers, something that the service notes. The order in
 * which events arrive makes no difference, and a prefix of the beats is the story up to that moment.
 */
export type Actor = 'citizen' | 'officers' | 'service' | 'mediator' | BlockId;

export interface Move {
  readonly caseId: string;
  readonly state: string;
}

interface BeatBase {
  readonly id: string;
  readonly caseId: string;
  readonly run: string;
  /** Real and workspace time. */
  readonly at: string;
  readonly time: string;
  readonly step: string | undefined;
  /** Key of the sentence in the use case's locales; `name` is what is said without one. */
  readonly narration: string | undefined;
  readonly name: string;
  /** Cases that moved with it, its own or others, and to which state. */
  readonly moved: readonly Move[];
}

export type Beat = BeatBase &
  (
    | { readonly kind: 'opened'; readonly role: Role }
    | { readonly kind: 'call'; readonly exchange: Exchange }
    | { readonly kind: 'asked' | 'answered'; readonly role: Role; readonly task: CaseFileTask | undefined }
    | { readonly kind: 'noted' }
    | { readonly kind: 'trouble'; readonly error: RunError | undefined }
  );

export interface StoryLog {
  readonly caseId: string;
  readonly cases: CaseFile['cases'];
  readonly records: readonly RunRecord[];
  readonly exchanges: readonly Exchange[];
  readonly tasks: readonly CaseFileTask[];
  readonly useCase: CaseFile['useCase'];
}

type Named = Extract<RunEvent, { key: string; name: string }>;
interface Told {
  readonly order: number;
  readonly beat: Beat;
  /** The narrated task that it tells of. */
  readonly place?: string | undefined;
}

export function storyOf(log: StoryLog): readonly Beat[] {
  const tasks = new Map(log.tasks.map((task) => [place(task.runId, task.key), task]));
  const cases = new Map(log.cases.map((one) => [one.case.id as string, one.case]));
  const caseOf = new Map(
    log.cases.flatMap(({ case: { id }, runs }) => runs.map((run) => [run.id as string, id as string])),
  );
  const records = log.records
    .filter(({ run, event }) => event.copiedFrom === undefined && caseOf.has(run))
    .sort((one, other) => one.event.at.localeCompare(other.event.at) || one.seq - other.seq);
  const narrated = new Map<string, Named>();
  for (const { run, event } of records) {
    if ('name' in event && event.narration !== undefined) narrated.set(place(run, event.key), event);
  }
  const told: Told[] = [];
  /** Tasks whose sentence a call says already. */
  const said = new Set<string>();
  for (const exchange of log.exchanges) {
    const { origin } = exchange;
    if (origin === undefined || !caseOf.has(origin.runId)) continue;
    const at = nearest(narrated, origin.runId, origin.taskKey);
    if (at !== undefined) said.add(at.place);
    told.push({
      order: 1,
      place: at?.place,
      beat: {
        kind: 'call',
        id: exchange.id,
        caseId: origin.caseId,
        run: origin.runId,
        at: exchange.at,
        time: exchange.time,
        step: at?.event.step ?? origin.step,
        narration: at?.event.narration,
        name: at?.event.name ?? exchange.operationId ?? exchange.path,
        moved: [],
        exchange,
      },
    });
  }
  for (const { run, seq, event } of records) {
    const caseId = caseOf.get(run) ?? '';
    const base = { id: `${run}:${seq}`, caseId, run, at: event.at, time: event.time };
    if (event.type === 'run.created' && event.parent === undefined) {
      const of = cases.get(caseId);
      if (of?.runs[0] !== run) continue;
      const started = log.useCase.manifest.cases[of.kind]?.startedBy ?? [];
      const role = started.find((one) => (one === 'citizen') === (of.person !== undefined)) ?? started[0];
      if (role === undefined || of.openedBy !== undefined) continue;
      const nothing = { step: undefined, narration: undefined, moved: [], name: of.kind };
      told.push({ order: 0, beat: { ...base, ...nothing, kind: 'opened', role } });
    } else if (event.type === 'run.faulted') {
      const nothing = { step: undefined, narration: undefined, moved: [], name: event.error.title };
      told.push({ order: 2, beat: { ...base, ...nothing, kind: 'trouble', error: event.error } });
    } else if ('name' in event && event.narration !== undefined) {
      const here = place(run, event.key);
      const names = {
        step: event.step,
        narration: event.narration,
        name: event.name,
        moved: [],
      };
      const task = tasks.get(here);
      if (/^humanTask\b/.test(event.target ?? '')) {
        const kind =
          event.type === 'task.started' ? 'asked' : event.type === 'task.completed' ? 'answered' : undefined;
        if (kind === undefined) continue;
        told.push({
          order: 2,
          place: here,
          beat: { ...base, ...names, kind, role: task?.role ?? 'citizen', task },
        });
      } else if (event.type === 'task.completed' && !said.has(here)) {
        told.push({ order: 2, place: here, beat: { ...base, ...names, kind: 'noted' } });
      }
    }
  }
  const inOrder = told.sort(
    (one, other) => one.beat.at.localeCompare(other.beat.at) || one.order - other.order,
  );
  const moves = movesOf(records, caseOf, narrated);
  const last = new Map(inOrder.map(({ place: at }, index) => [at, index]));
  return withSteps(
    inOrder.map(({ beat, place: at }, index) => {
      const moved = at === undefined || last.get(at) !== index ? undefined : moves.get(at);
      return moved === undefined ? beat : { ...beat, moved };
    }),
  );
}

/** What moved with each narrated task, in order. */
function movesOf(
  records: readonly RunRecord[],
  caseOf: ReadonlyMap<string, string>,
  narrated: ReadonlyMap<string, Named>,
): ReadonlyMap<string, readonly Move[]> {
  const moves = new Map<string, Move[]>();
  for (const { run, event } of records) {
    if (event.type !== 'case.moved') continue;
    const at = nearest(narrated, run, event.key)?.place;
    if (at === undefined) continue;
    const move = { caseId: event.case ?? caseOf.get(run) ?? '', state: event.state };
    moves.set(at, [...(moves.get(at) ?? []), move]);
  }
  return moves;
}

/** What belongs to no step belongs to the one before in its case, or to the one that follows. */
function withSteps(beats: readonly Beat[]): readonly Beat[] {
  const latest = new Map<string, string>();
  const first = new Map<string, string>();
  for (const { caseId, step } of beats) if (step !== undefined && !first.has(caseId)) first.set(caseId, step);
  return beats.map((beat) => {
    const step = beat.step ?? latest.get(beat.caseId) ?? first.get(beat.caseId);
    if (step !== undefined) latest.set(beat.caseId, step);
    return step === beat.step ? beat : { ...beat, step };
  });
}

function nearest(
  narrated: ReadonlyMap<string, Named>,
  run: string,
  key: string,
): { readonly place: string; readonly event: Named } | undefined {
  for (let at = key; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const event = narrated.get(place(run, at));
    if (event !== undefined) return { place: place(run, at), event };
  }
  return undefined;
}

function place(run: string, key: string): string {
  return `${run}\n${key}`;
}

export function actorOf(role: Role): 'citizen' | 'officers' {
  return role === 'citizen' ? 'citizen' : 'officers';
}

/** Whom a beat goes from, through and to. */
export function wayOf(beat: Beat): readonly Actor[] {
  switch (beat.kind) {
    case 'opened':
    case 'answered':
      return [actorOf(beat.role), 'service'];
    case 'asked':
      return ['service', actorOf(beat.role)];
    case 'call': {
      const { exchange } = beat;
      if (exchange.outcome === 'refused') return ['service', 'mediator'];
      return ['service', 'mediator', exchange.block];
    }
    case 'noted':
    case 'trouble':
      return ['service'];
  }
}

/** A message that the messaging block takes goes on to the citizen's phone. */
export function isMessage(beat: Beat): beat is Extract<Beat, { kind: 'call' }> {
  return (
    beat.kind === 'call' &&
    beat.exchange.block === 'messaging' &&
    beat.exchange.outcome === 'answered' &&
    /^send/.test(beat.exchange.operationId ?? '')
  );
}

export function isBad(beat: Beat): boolean {
  if (beat.kind === 'trouble') return true;
  return beat.kind === 'call' && (beat.exchange.outcome !== 'answered' || beat.exchange.status >= 400);
}
