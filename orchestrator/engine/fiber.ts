import type { Json } from '../../contracts/json.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import type { Effect } from './effect.js';

/**
 * Tasks are written as generators: ordinary code that yields whenever it must wait. A fiber runs one of them.
 * The scheduler is synchronous and knows no time, so the same journal always leads to the same place.
 */
export type FiberBody = Generator<Instruction, Json, Json>;

export type Instruction =
  /** Resumes with the effect's output, or throws its error. A withdrawn effect never resumes. */
  | { readonly kind: 'effect'; readonly effect: Exclude<Effect, { kind: 'withdraw' }> }
  /** Resumes with the first events that `take` accepts. */
  | {
      readonly kind: 'listen';
      readonly key: string;
      readonly take: (events: ReadonlyMap<string, CloudEvent>) => Json | undefined;
    }
  /** Resumes with all outputs in order, at most `limit` bodies at a time; throws the first error. */
  | { readonly kind: 'all'; readonly bodies: readonly (() => FiberBody)[]; readonly limit: number }
  /** Resumes with {index, output} of the first to end, or throws its error; the others are cancelled. */
  | { readonly kind: 'race'; readonly bodies: readonly (() => FiberBody)[] };

export type Outcome =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: unknown };

interface Fiber {
  readonly body: FiberBody;
  readonly done: (outcome: Outcome) => void;
  readonly children: Set<Fiber>;
  waiting: Exclude<Instruction, { kind: 'all' | 'race' }> | undefined;
  ended: boolean;
}

export class Scheduler {
  private readonly ready: (() => void)[] = [];
  private readonly waitingForEffect = new Map<string, Fiber>();
  private readonly listening = new Set<Fiber>();
  private outbox: Effect[] = [];
  private pumping = false;

  constructor(private readonly events: ReadonlyMap<string, CloudEvent>) {}

  spawn(body: FiberBody, done: (outcome: Outcome) => void): void {
    this.start(body, done);
    this.pump();
  }

  /** Effects asked for since the last call, in order; without those that were answered or withdrawn meanwhile. */
  takeEffects(): Effect[] {
    const effects = this.outbox;
    this.outbox = [];
    return effects.filter(({ kind, key }) => kind === 'withdraw' || this.waitingForEffect.has(key));
  }

  /** True when a fiber waited for this effect. */
  settle(key: string, outcome: Outcome): boolean {
    const fiber = this.waitingForEffect.get(key);
    if (fiber === undefined) return false;
    this.waitingForEffect.delete(key);
    fiber.waiting = undefined;
    this.resume(fiber, outcome);
    this.pump();
    return true;
  }

  /** Offers the buffered events to the fibers that listen. */
  offerEvents(): void {
    for (const fiber of [...this.listening]) this.offer(fiber);
    this.pump();
  }

  /** What the fibers wait for, in the order in which they began to wait. */
  waits(): readonly Exclude<Instruction, { kind: 'all' | 'race' }>[] {
    return [...this.waitingForEffect.values(), ...this.listening].flatMap((fiber) => fiber.waiting ?? []);
  }

  private start(body: FiberBody, done: (outcome: Outcome) => void): Fiber {
    const fiber: Fiber = { body, done, children: new Set(), waiting: undefined, ended: false };
    this.resume(fiber, { ok: true, value: null });
    return fiber;
  }

  private resume(fiber: Fiber, outcome: Outcome): void {
    this.ready.push(() => {
      if (!fiber.ended) this.advance(fiber, outcome);
    });
  }

  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let next = this.ready.shift(); next !== undefined; next = this.ready.shift()) next();
    } finally {
      this.pumping = false;
    }
  }

  private advance(fiber: Fiber, outcome: Outcome): void {
    let step: IteratorResult<Instruction, Json>;
    try {
      step = outcome.ok ? fiber.body.next(outcome.value) : fiber.body.throw(outcome.error);
    } catch (error) {
      fiber.ended = true;
      fiber.done({ ok: false, error });
      return;
    }
    if (step.done === true) {
      fiber.ended = true;
      fiber.done({ ok: true, value: step.value });
      return;
    }
    this.obey(fiber, step.value);
  }

  private obey(fiber: Fiber, instruction: Instruction): void {
    switch (instruction.kind) {
      case 'effect':
        fiber.waiting = instruction;
        this.waitingForEffect.set(instruction.effect.key, fiber);
        this.outbox.push(instruction.effect);
        return;
      case 'listen':
        fiber.waiting = instruction;
        this.listening.add(fiber);
        this.offer(fiber);
        return;
      case 'all':
        this.all(fiber, instruction.bodies, instruction.limit);
        return;
      case 'race':
        this.race(fiber, instruction.bodies);
        return;
    }
  }

  private offer(fiber: Fiber): void {
    const taken = fiber.waiting?.kind === 'listen' ? fiber.waiting.take(this.events) : undefined;
    if (taken === undefined) return;
    fiber.waiting = undefined;
    this.listening.delete(fiber);
    this.resume(fiber, { ok: true, value: taken });
  }

  private all(parent: Fiber, bodies: readonly (() => FiberBody)[], limit: number): void {
    const outputs: Json[] = new Array<Json>(bodies.length).fill(null);
    let next = 0;
    let left = bodies.length;
    if (left === 0) {
      this.resume(parent, { ok: true, value: outputs });
      return;
    }
    const startNext = (): void => {
      const index = next++;
      const body = bodies[index];
      if (body === undefined) return;
      const child = this.start(body(), (outcome) => {
        parent.children.delete(child);
        if (!outcome.ok) {
          this.cancelChildren(parent);
          this.resume(parent, outcome);
          return;
        }
        outputs[index] = outcome.value;
        left -= 1;
        if (left === 0) this.resume(parent, { ok: true, value: outputs });
        else startNext();
      });
      parent.children.add(child);
    };
    for (let started = 0; started < Math.min(limit, bodies.length); started += 1) startNext();
  }

  private race(parent: Fiber, bodies: readonly (() => FiberBody)[]): void {
    bodies.forEach((body, index) => {
      const child = this.start(body(), (outcome) => {
        parent.children.delete(child);
        this.cancelChildren(parent);
        this.resume(parent, outcome.ok ? { ok: true, value: { index, output: outcome.value } } : outcome);
      });
      parent.children.add(child);
    });
  }

  private cancelChildren(parent: Fiber): void {
    for (const child of parent.children) this.cancel(child);
    parent.children.clear();
  }

  private cancel(fiber: Fiber): void {
    if (fiber.ended) return;
    fiber.ended = true;
    this.listening.delete(fiber);
    if (fiber.waiting?.kind === 'effect') {
      const { key } = fiber.waiting.effect;
      this.waitingForEffect.delete(key);
      this.outbox.push({ kind: 'withdraw', key });
    }
    this.cancelChildren(fiber);
    fiber.body.return(null);
  }
}
