import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalEntry } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RunCreated, RunEvent, RunEventBody, Signal } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { Execution, resumption, type Effect, type EngineDeps, type JournaledEvent } from '../engine/index.js';
import type { EffectOrigin, EffectOutcome } from '../../contracts/catalog-function.js';
import { createCalledBlocks, type CalledBlocks } from './called-blocks.js';
import type { Attendance, Nudges } from './nudges.js';
import { viewOf, type RunStore } from './run-store.js';

export interface AdvanceDeps {
  readonly journal: Journal;
  readonly store: RunStore;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly engine: EngineDeps;
  /** The document that the run began with. */
  readonly documentOf: (created: RunCreated) => Promise<WorkflowDocument>;
  /** The values of the secrets that a workflow lists under `use.secrets`; those that are not stored are left out. */
  readonly secretsOf: (
    workspace: WorkspaceId,
    names: readonly string[],
  ) => Promise<Readonly<Record<string, Json>>>;
  readonly perform: (
    effect: Exclude<Effect, { kind: 'withdraw' }>,
    origin: EffectOrigin,
  ) => Promise<EffectOutcome>;
  readonly withdraw: (key: string, origin: EffectOrigin) => Promise<void>;
  /** Told after a run came to its end, and each time it stands still. */
  readonly settled: (
    origin: EffectOrigin,
    execution: Execution,
    created: RunCreated,
    resumed: boolean,
    /** Building blocks that the case may not know of yet. */
    blocks: readonly string[],
  ) => Promise<void>;
  readonly nudges: Pick<Nudges, 'attend'>;
  /** The building block behind a service's alias. */
  readonly blockOf: (useCase: string, alias: string) => string | undefined;
}

type Settled = { readonly key: string; readonly outcome: EffectOutcome };

/**
 * Brings one run as far as it goes: replay, then turn by turn — journal what happened, perform what it asks for,
 * feed back the answers — until it only waits for people, timers or events. Every answer is in the journal before
 * the next effect begins. The caller holds the run's lock; the journal's version is the fence behind it.
 */
export async function advance(deps: AdvanceDeps, workspace: WorkspaceId, run: RunId): Promise<void> {
  // Attended before the inbox is read for the first time, so that no signal falls between.
  const attendance = deps.nudges.attend(`${workspace}/${run}`);
  try {
    const journal = [...(await deps.store.read(workspace, run))];
    const created = journal[0]?.event;
    if (created?.type !== 'run.created') return;
    const document = await deps.documentOf(created);
    const names = document.use?.secrets ?? [];
    const secrets = names.length === 0 ? {} : await deps.secretsOf(workspace, names);
    await new Advance(deps, workspace, run, created, document, journal, attendance, secrets).run();
  } finally {
    attendance.end();
  }
}

class Advance {
  private execution: Execution;
  private version: number;
  private readonly called: CalledBlocks;
  private told: number;
  private readonly inFlight = new Map<string, Promise<void>>();
  private readonly settled: Settled[] = [];
  private wake: () => void = () => undefined;

  constructor(
    private readonly deps: AdvanceDeps,
    private readonly workspace: WorkspaceId,
    private readonly id: RunId,
    private readonly created: RunCreated & { time: string },
    private readonly document: WorkflowDocument,
    private readonly journal: JournaledEvent[],
    private readonly attendance: Attendance,
    private readonly secrets: Readonly<Record<string, Json>>,
  ) {
    this.version = journal.length;
    this.called = createCalledBlocks((alias) => deps.blockOf(created.useCase, alias));
    for (const { event } of journal) this.called.add(event);
    this.told = this.called.names().length;
    this.execution = this.replay();
  }

  async run(): Promise<void> {
    let news = await this.receive();
    for (;;) {
      await this.untilItStands(news);
      await this.deps.store.project(this.view());
      await this.deps.settled(this.origin(), this.execution, this.created, this.resumed, this.blocksToTell());
      if (!this.attendance.take()) break;
      news = await this.receive();
    }
    // In the same breath as the last look: a signal after this finds nobody attending, and enqueues a job.
    this.attendance.end();
  }

  private async untilItStands(received: boolean): Promise<void> {
    let news = received;
    for (;;) {
      this.feed();
      const wrote = await this.record();
      await this.perform();
      if (!news && !wrote && this.settled.length === 0) {
        if (this.inFlight.size === 0) return;
        await this.somethingHappens();
      }
      news = this.attendance.take() && (await this.receive());
    }
  }

  private replay(): Execution {
    return new Execution({
      runId: this.id,
      document: this.document,
      journal: this.journal,
      deps: this.deps.engine,
      secrets: this.secrets,
      now: () => ({ time: this.deps.clocks.of(this.workspace).now(), at: this.deps.realClock.now() }),
    });
  }

  /** Takes what lies in the inbox. A resumed faulted run is rebuilt from its journal. */
  private async receive(): Promise<boolean> {
    const unread = await this.deps.store.unread(this.workspace, this.id, this.execution.memo.inbox);
    for (const { seq, signal } of unread) {
      if (signal.kind === 'resume' && this.execution.memo.status === 'faulted')
        await this.resume(seq, signal);
      else this.execution.receive(seq, signal);
    }
    return unread.length > 0;
  }

  private async resume(seq: number, signal: Signal): Promise<void> {
    await this.record();
    const resumed = resumption(this.journal);
    if (resumed === undefined) return;
    const received: RunEventBody = { type: 'signal.received', inbox: seq, signal: 'resume' };
    await this.append([
      { event: this.stamp(received), payload: signal as unknown as Json },
      { event: this.stamp(resumed) },
    ]);
    this.execution = this.replay();
    this.resumed = true;
  }

  private resumed = false;

  private feed(): void {
    for (const { key, outcome } of this.settled.splice(0)) {
      if (outcome.kind === 'output') this.execution.complete(key, outcome.output, outcome.authorization);
      else if (outcome.kind === 'error') this.execution.fail(key, outcome.error);
    }
  }

  private pending: Effect[] = [];
  private extra: RunEventBody[] = [];

  /** Journals what is new; the effects that came with it may be performed only after this. */
  private async record(): Promise<boolean> {
    const { events, effects } = this.execution.take();
    this.pending.push(...effects);
    const entries = [
      ...this.extra.splice(0).map((event): JournaledEvent => ({ event: this.stamp(event) })),
      ...events,
    ];
    if (entries.length === 0) return false;
    await this.append(entries);
    return true;
  }

  private async append(entries: readonly JournaledEvent[]): Promise<void> {
    const result = await this.deps.journal.append(
      streams.run(this.workspace, this.id),
      this.version,
      entries as unknown as readonly JournalEntry[],
    );
    if (result.kind === 'conflict') {
      throw new SandboxError('GSB-RUN-001', {
        detail: `Run ${this.id} is at version ${result.version}, not ${this.version}.`,
      });
    }
    this.version = result.version;
    this.journal.push(...entries);
    for (const { event } of entries) this.called.add(event);
  }

  private async perform(): Promise<void> {
    for (const effect of this.pending.splice(0)) {
      if (effect.kind === 'withdraw') {
        await this.deps.withdraw(effect.key, this.origin());
        continue;
      }
      const work = this.deps.perform(effect, this.origin()).then(
        (outcome) => this.landed(effect.key, outcome),
        // A failed performance is a defect or a lost store: it ends this advance, and the job is tried again.
        (error: unknown) => this.landed(effect.key, undefined, { error }),
      );
      this.inFlight.set(effect.key, work);
    }
    if (this.broken !== undefined) throw this.broken.error;
  }

  private landed(
    key: string,
    outcome: EffectOutcome | undefined,
    broken?: { readonly error: unknown },
  ): void {
    this.inFlight.delete(key);
    if (broken !== undefined) this.broken ??= broken;
    if (outcome?.kind === 'output') this.extra.push(...(outcome.events ?? []));
    if (outcome !== undefined && outcome.kind !== 'waiting') this.settled.push({ key, outcome });
    this.wake();
  }

  private broken: { readonly error: unknown } | undefined;

  private async somethingHappens(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    if (this.settled.length === 0 && this.inFlight.size > 0)
      await Promise.race([woken, this.attendance.nudged()]);
    if (this.broken !== undefined) throw this.broken.error;
  }

  private stamp(event: RunEventBody): RunEvent {
    return {
      ...event,
      time: this.deps.clocks.of(this.workspace).now().toISOString(),
      at: this.deps.realClock.now().toISOString(),
    };
  }

  private origin(): EffectOrigin {
    return {
      run: {
        id: this.id,
        workspace: this.workspace,
        useCase: this.created.useCase,
        caseId: this.created.caseId as EffectOrigin['run']['caseId'],
        origin: this.created.origin,
      },
      metadata: this.execution.memo.metadata,
      now: this.deps.clocks.of(this.workspace).now(),
    };
  }

  /** Those called since they were told; at the end all, in case a crash kept some back. */
  private blocksToTell(): readonly string[] {
    const names = this.called.names();
    if (!this.execution.ended && names.length === this.told) return [];
    this.told = names.length;
    return names;
  }

  private view(): ReturnType<typeof viewOf> {
    return viewOf(
      {
        workspace: this.workspace,
        id: this.id,
        created: this.created,
        version: this.version,
        blocks: this.called.names(),
        now: this.deps.clocks.of(this.workspace).now().toISOString(),
      },
      this.execution,
    );
  }
}
