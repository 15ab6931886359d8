import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import { changeDocument, type DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';

interface ClockDocument {
  readonly _id: string;
  /** How far the workspace is ahead of the machine (or behind it, after it was frozen); counts while it runs. */
  readonly offsetMilliseconds: number;
  /** Where it stands: frozen, or on its way. */
  readonly standsAt?: string;
  /** A move that is under way. Whoever finds it after a crash goes on with it. */
  readonly move?: MoveUnderWay;
  /** Nothing may go on in the workspace: see `hold`. */
  readonly held?: true;
  /** What happened to it and is not in the log yet. */
  readonly untold?: WorkspaceEvent;
}

export interface MoveUnderWay {
  readonly from: string;
  readonly to: string;
  /** The user name of the person who moves it. */
  readonly by: string;
  /** Timers that were fired so far. */
  readonly fired: number;
  /** It was frozen before, and will be again. */
  readonly frozen: boolean;
}

export type ClockStanding = 'running' | 'frozen' | 'moving';

/** A clock as a snapshot keeps it. */
export interface ClockState {
  readonly now: string;
  /** It is the machine's own, which nobody moved. */
  readonly untouched: boolean;
  readonly standsAt?: string | undefined;
  readonly move?: MoveUnderWay | undefined;
}

/** The clocks of all workspaces: the machine's, moved forward by an offset, or standing still. Durable when a change returns. */
export interface MovableClocks extends WorkspaceClocks {
  stands(workspace: WorkspaceId): boolean;
  standing(workspace: WorkspaceId): ClockStanding;
  /** How far it is ahead of the machine now, in milliseconds; negative when it is behind. */
  offset(workspace: WorkspaceId): number;
  /** Time stands still from now on; it changes nothing where it does already. `event` says so, once it is stamped. */
  freeze(workspace: WorkspaceId, event: (at: Date) => WorkspaceEvent): Promise<void>;
  /** Time goes on from where it stood. */
  unfreeze(workspace: WorkspaceId, event: (at: Date) => WorkspaceEvent): Promise<void>;
  /** Begins a move: time stands still but for `step`. */
  begin(workspace: WorkspaceId, move: { readonly to: Date; readonly by: string }): Promise<void>;
  underWay(workspace: WorkspaceId): MoveUnderWay | undefined;
  step(workspace: WorkspaceId, instant: Date, fired: number): Promise<void>;
  /** Ends the move at `instant`; afterwards it runs, or stays frozen, as before the move. */
  end(workspace: WorkspaceId, instant: Date, event: WorkspaceEvent): Promise<void>;
  untold(workspace: WorkspaceId): WorkspaceEvent | undefined;
  told(workspace: WorkspaceId): Promise<void>;
  /** From now on nothing goes on in the workspace, in whichever process: each looks here first. */
  hold(workspace: WorkspaceId): Promise<void>;
  release(workspace: WorkspaceId): Promise<void>;
  held(workspace: WorkspaceId): boolean;
  /** Where it stands now, so that `takeBack` can bring it back there. */
  asItIs(workspace: WorkspaceId): ClockState;
  /** It goes on from where it stood then, or stands there, whatever was since. What is held stays held. */
  takeBack(workspace: WorkspaceId, state: ClockState): Promise<void>;
  /** Reads a clock again that another process may have changed. */
  refresh(workspace: WorkspaceId): Promise<void>;
  /** It is the machine's clock again. What is held stays held. */
  forget(workspace: WorkspaceId): Promise<void>;
  /** Workspaces whose clock a crash left on its way, or with something untold. */
  unfinished(): readonly WorkspaceId[];
}

export async function createWorkspaceClocks(
  documents: DocumentStore,
  realClock: Clock,
): Promise<MovableClocks> {
  const clocks = documents.collection<ClockDocument>('clocks');
  const known = new Map((await clocks.find()).map(({ doc }) => [doc._id, doc]));
  const real = (): number => realClock.now().getTime();
  const instant = (doc: ClockDocument | undefined): Date =>
    doc?.standsAt === undefined ? new Date(real() + (doc?.offsetMilliseconds ?? 0)) : new Date(doc.standsAt);
  const remember = (workspace: WorkspaceId, doc: ClockDocument | undefined): void => {
    if (doc === undefined) known.delete(workspace);
    else known.set(workspace, doc);
  };
  /** A workspace that was reset meanwhile has no clock of its own; then there is nothing to change. */
  const change = async (
    workspace: WorkspaceId,
    next: (doc: ClockDocument) => ClockDocument | undefined,
  ): Promise<void> => {
    remember(workspace, await changeDocument(clocks, workspace, next));
  };
  const changeOrBegin: typeof change = async (workspace, next) => {
    await clocks.insert({ _id: workspace, offsetMilliseconds: 0 });
    await change(workspace, next);
  };
  return {
    of: (workspace) => ({ now: () => instant(known.get(workspace)) }),
    stands: (workspace) => known.get(workspace)?.standsAt !== undefined,
    standing: (workspace) => standingOf(known.get(workspace)),
    offset: (workspace) => instant(known.get(workspace)).getTime() - real(),
    freeze: (workspace, event) =>
      changeOrBegin(workspace, (doc) =>
        doc.standsAt === undefined
          ? { ...doc, standsAt: instant(doc).toISOString(), untold: event(instant(doc)) }
          : undefined,
      ),
    unfreeze: (workspace, event) =>
      change(workspace, (doc) =>
        standingOf(doc) === 'frozen'
          ? { ...running(doc, instant(doc).getTime() - real()), untold: event(instant(doc)) }
          : undefined,
      ),
    begin: (workspace, { to, by }) =>
      changeOrBegin(workspace, (doc) => {
        if (doc.move !== undefined) return undefined;
        const from = instant(doc).toISOString();
        const move = { from, to: to.toISOString(), by, fired: 0, frozen: doc.standsAt !== undefined };
        return { ...doc, standsAt: from, move };
      }),
    underWay: (workspace) => known.get(workspace)?.move,
    step: (workspace, at, fired) =>
      change(workspace, (doc) =>
        doc.move === undefined
          ? undefined
          : { ...doc, standsAt: at.toISOString(), move: { ...doc.move, fired } },
      ),
    end: (workspace, at, event) =>
      change(workspace, (doc) => {
        if (doc.move === undefined) return undefined;
        const { move, ...rest } = doc;
        const standing = { ...rest, standsAt: at.toISOString() };
        return { ...(move.frozen ? standing : running(standing, at.getTime() - real())), untold: event };
      }),
    untold: (workspace) => known.get(workspace)?.untold,
    told: (workspace) =>
      change(workspace, (doc) => {
        const { untold, ...rest } = doc;
        return untold === undefined ? undefined : rest;
      }),
    hold: (workspace) => changeOrBegin(workspace, (doc) => ({ ...doc, held: true })),
    release: (workspace) => change(workspace, ({ held, ...rest }) => (held === undefined ? undefined : rest)),
    held: (workspace) => known.get(workspace)?.held === true,
    asItIs: (workspace) => {
      const doc = known.get(workspace);
      return {
        now: instant(doc).toISOString(),
        untouched: doc === undefined || (doc.offsetMilliseconds === 0 && doc.standsAt === undefined),
        ...(doc?.standsAt === undefined ? {} : { standsAt: doc.standsAt }),
        ...(doc?.move === undefined ? {} : { move: doc.move }),
      };
    },
    takeBack: (workspace, { now, untouched, standsAt, move }) =>
      changeOrBegin(workspace, ({ _id, held }) => ({
        _id,
        offsetMilliseconds: untouched ? 0 : Date.parse(now) - real(),
        ...(standsAt === undefined ? {} : { standsAt }),
        ...(move === undefined ? {} : { move }),
        ...(held === undefined ? {} : { held }),
      })),
    refresh: async (workspace) => remember(workspace, (await clocks.get(workspace))?.doc),
    forget: async (workspace) => {
      if (known.get(workspace)?.held === true)
        await change(workspace, ({ _id }) => ({ _id, offsetMilliseconds: 0, held: true }));
      else {
        await clocks.delete(workspace);
        known.delete(workspace);
      }
    },
    unfinished: () =>
      [...known.values()]
        .filter(({ move, untold }) => move !== undefined || untold !== undefined)
        .map(({ _id }) => _id as WorkspaceId),
  };
}

function running(doc: ClockDocument, offsetMilliseconds: number): ClockDocument {
  const { standsAt, ...rest } = doc;
  return { ...rest, offsetMilliseconds };
}

function standingOf(doc: ClockDocument | undefined): ClockStanding {
  if (doc?.move !== undefined) return 'moving';
  return doc?.standsAt === undefined ? 'running' : 'frozen';
}
