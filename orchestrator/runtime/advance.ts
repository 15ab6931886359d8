import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import { noCorrelation, type Correlation } from '../../contracts/correlation.js';
import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalEntry } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import type { Metrics } from '../../contracts/metrics.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RunCreated, RunEvent, RunEventBody } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { Execution, resumption, type Effect, type EngineDeps, type JournaledEvent } from '../engine/index.js';
import type { EffectOrigin, EffectOutcome } from '../../contracts/catalog-function.js';
import { createCalledBlocks, type CalledBlocks } from './called-blocks.js';
import { countRunEvents } from './metered-perform.js';
import type { Attendance, Nudges } from './nudges.js';
import { EffectFailedError, isParked } from './parking.js';
import { orphansOf } from './orphans.js';
import { runDocumentId, viewOf, type RunStore } from './run-store.js';

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
  /** `resumable`: the run faulted, and may ask for it again. */
  readonly withdraw: (key: string, origin: EffectOrigin, resumable: boolean) => Promise<void>;
  /** Task instances of the run for which a timer is set. */
  readonly timersOf: (origin: EffectOrigin) => Promise<readonly string[]>;
  /** Told after a run came to its end, and each time it stands still. */
  readonly settled: (
    origin: EffectOrigin,
    execution: Execution,
    created: RunCreated,
    resumed: boolean,
    /** Building blocks that the case may not know of yet. */
    blocks: readonly string[],
  ) => Promise<void>;
  /** Its workspace is held just now: the run is looked at again a little later. */
  readonly postpone: (workspace: WorkspaceId, run: RunId) => Promise<void>;
  readonly nudges: Pick<Nudges, 'attend'>;
  readonly correlation?: Correlation | undefined;
  readonly metrics?: Pick<Metrics, 'run'>;
  /** The building block behind a service's alias. */
  readonly blockOf: (useCase: string, alias: string) => string | undefined;
}

type Settled = { readonly key: string; readonly outcome: EffectOutcome };

/**
 * Brings one run as far as it goes: replay, then turn by turn — journal what happened, perform what it asks for,
 * feed back the answers — until it only waits for people, timers or events. Every answer is in the journal before
 * the next effect begins. The caller holds the run's lock; the journal's version is the fence behind it.
 * Answers up to where it has read the run's inbox; undefined when there is no such run.
 */
export async function advance(
  deps: AdvanceDeps,
  workspace: WorkspaceId,
  run: RunId,
): Promise<number | undefined> {
  // Attended before the inbox is read for the first time, so that no signal falls between.
  const attendance = deps.nudges.attend(`${workspace}/${run}`);
  try {
    const [read, inbox] = await Promise.all([
      deps.store.read(workspace, run),
      deps.store.inboxVersion(workspace, run),
      deps.clocks.refresh?.(workspace),
    ]);
    if (deps.clocks.held?.(workspace) === true) {
      await deps.postpone(workspace, run);
      return undefined;
    }
    const journal = [...read];
    const created = journal[0]?.event;
    if (created?.type !== 'run.created') return undefined;
    const document = await deps.documentOf(created);
    const names = document.use?.secrets ?? [];
    const secrets = names.length === 0 ? {} : await deps.secretsOf(workspace, names);
    const started = new Advance(deps, workspace, run, created, document, journal, attendance, secrets);
    const correlation = deps.correlation ?? noCorrelation;
    return await correlation.within(created.correlation, () => started.run(inbox));
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

  /** `inbox`: up to where it was filled when the journal was read. */
  async run(inbox: number): Promise<number> {
    this.seen = this.execution.memo.inbox;
    try {
      const behind = await this.isBehind();
      let news = inbox > this.seen && (await this.receive());
      for (;;) {
        await this.untilItStands(news);
        if (behind && !this.parked) await this.reconcile();
        // What follows comes first: whoever finds the run ended in its view need not ask whether all was told.
        if (!this.parked) await this.tellSettled(behind);
        await this.deps.store.project(this.view());
        if (!this.attendance.take()) break;
        news = await this.receive();
      }
    } finally {
      await this.landAll();
    }
    // In the same breath as the last look: a signal after this finds nobody attending, and enqueues a job.
    this.attendance.end();
    return this.seen;
  }

  private async tellSettled(behind: boolean): Promise<void> {
    const resumed =
      this.resumed || (behind && this.journal.some(({ event }) => event.type === 'run.resumed'));
    await this.deps.settled(this.origin(), this.execution, this.created, resumed, this.blocksToTell());
  }

  /** True when an earlier advance journaled more than it came to deal with: it died on the way. */
  private async isBehind(): Promise<boolean> {
    if (this.version === 1) return false;
    const view = await this.deps.store.runs.get(runDocumentId(this.workspace, this.id));
    return view?.doc.version !== this.version;
  }

  /** Takes back what an advance that died had still to withdraw. */
  private async reconcile(): Promise<void> {
    const wanted = new Set(this.execution.waiting().map(({ key }) => key));
    for (const key of orphansOf(this.journal, this.execution.ended))
      if (!wanted.has(key)) await this.deps.withdraw(key, this.origin(), this.faults);
    for (const key of await this.deps.timersOf(this.origin()))
      if (!wanted.has(key)) await this.deps.withdraw(key, this.origin(), this.faults);
  }

  /** Up to where the inbox was read; not all of it need have been taken. */
  private seen = 0;

  private get faults(): boolean {
    const { status, compensating } = this.execution.memo;
    return status === 'faulted' || compensating?.reason === 'faulted';
  }

  private get parked(): boolean {
    if (this.execution.memo.status !== 'faulted') return false;
    return this.execution.memo.error !== undefined && isParked(this.execution.memo.error);
  }

  /**
   * Nobody may perform an effect again while it is still under way, so an advance that fails first waits for the
   * others, and keeps what they brought.
   */
  private async landAll(): Promise<void> {
    if (this.inFlight.size === 0) return;
    await Promise.all(this.inFlight.values());
    this.feed();
    // Not when the journal itself is what failed: then what landed stays unknown, and is asked for again.
    await this.record().catch(() => undefined);
  }

  private async untilItStands(received: boolean): Promise<void> {
    let news = received;
    for (;;) {
      this.feed();
      const wrote = await this.record();
      this.perform();
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

  /**
   * Takes what lies in the inbox. A faulted run takes nothing until it is resumed: what came meanwhile (a child's end,
   * a person's answer) is for the tasks that it will then ask for again.
   */
  private async receive(): Promise<boolean> {
    const unread = await this.deps.store.unread(this.workspace, this.id, this.execution.memo.inbox);
    this.seen = Math.max(this.seen, unread.at(-1)?.seq ?? 0);
    if (this.execution.memo.status === 'faulted') {
      if (!unread.some(({ signal }) => signal.kind === 'resume')) return false;
      await this.resume();
    }
    for (const { seq, signal } of unread) this.execution.receive(seq, signal);
    return unread.length > 0;
  }

  /** A resumed faulted run is rebuilt from its journal; the signal itself is received by what was rebuilt. */
  private async resume(): Promise<void> {
    await this.record();
    const resumed = resumption(this.journal);
    if (resumed === undefined) return;
    await this.append([{ event: this.stamp(resumed) }]);
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
  private extra: { readonly event: RunEventBody; readonly payload?: Json }[] = [];

  /** Journals what is new; the effects that came with it may be performed only after this. */
  private async record(): Promise<boolean> {
    const { events, effects } = this.execution.take();
    this.pending.push(...effects);
    const entries = [
      ...this.extra.splice(0).map((one): JournaledEvent => ({ ...one, event: this.stamp(one.event) })),
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
    if (this.deps.metrics !== undefined) countRunEvents(this.deps.metrics, this.created.useCase, entries);
    this.journal.push(...entries);
    for (const { event } of entries) this.called.add(event);
  }

  private perform(): void {
    for (const effect of this.pending.splice(0)) {
      if (effect.kind === 'withdraw') {
        this.withdraw(effect.key);
        continue;
      }
      const work = this.deps.perform(effect, this.origin()).then(
        (outcome) => this.landed(effect.key, outcome),
        // A failed performance is a defect or a lost store: it ends this advance, which is then tried again.
        (error: unknown) =>
          this.landed(effect.key, undefined, { error: new EffectFailedError(effect.key, error) }),
      );
      this.inFlight.set(effect.key, work);
    }
    if (this.broken !== undefined) throw this.broken.error;
  }

  /** After what is still under way for it: an effect that lands later would stand there for nobody. */
  private withdraw(key: string): void {
    const name = `${key} (withdrawn)`;
    const before = this.inFlight.get(key) ?? Promise.resolve();
    const work = before
      .then(() => this.deps.withdraw(key, this.origin(), this.faults))
      .then(
        () => this.landed(name, undefined),
        (error: unknown) => this.landed(name, undefined, { error: new EffectFailedError(key, error) }),
      );
    this.inFlight.set(name, work);
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
        depth: this.created.depth ?? 0,
        correlation: this.created.correlation,
      },
      metadata: this.execution.memo.metadata,
      now: this.deps.clocks.of(this.workspace).now(),
      ...(this.resumed ? { resumed: true } : {}),
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
