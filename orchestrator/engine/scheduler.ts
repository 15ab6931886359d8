import type { Json } from '../../contracts/json.js';
import type { Effect } from './effect.js';
import { eventKey, type EventBuffer } from './event-buffer.js';
import type { Fiber, FiberBody, Instruction, Outcome, Waiting } from './fiber.js';

/** Runs fibers one step at a time, in the order in which they became ready. */
export class Scheduler {
  private ready: (() => void)[] = [];
  private readonly roots = new Set<Fiber>();
  private readonly waitingForEffect = new Map<string, Fiber>();
  private readonly listening = new Set<Fiber>();
  private readonly gated = new Set<Fiber>();
  private outbox: Effect[] = [];
  private pumping = false;

  constructor(private readonly events: EventBuffer) {}

  spawn(body: FiberBody, done: (outcome: Outcome) => void): void {
    const fiber = this.start(body, (outcome) => {
      this.roots.delete(fiber);
      done(outcome);
    });
    this.roots.add(fiber);
    this.pump();
  }

  /** Ends every fiber where it stands, the innermost first, and withdraws what they asked for. */
  cancelAll(): void {
    for (const root of this.roots) this.cancel(root);
    this.roots.clear();
  }

  /** Effects asked for since the last call, in order. */
  takeEffects(): Effect[] {
    const effects = this.outbox;
    this.outbox = [];
    // What was withdrawn before anybody saw it need not be performed at all.
    return effects.filter((effect) => effect.kind === 'withdraw' || this.waitingForEffect.has(effect.key));
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

  /** Lets those go on that stood still because the run was suspended. */
  openGate(): void {
    const gated = [...this.gated];
    this.gated.clear();
    for (const fiber of gated) this.resume(fiber, { ok: true, value: null });
    this.pump();
  }

  /** What the fibers wait for, in the order in which they began to wait. */
  waits(): readonly Waiting[] {
    return [...this.waitingForEffect.values(), ...this.listening].flatMap((fiber) => fiber.waiting ?? []);
  }

  private start(body: FiberBody, done: (outcome: Outcome) => void): Fiber {
    const fiber: Fiber = {
      body,
      done,
      children: undefined,
      waiting: undefined,
      taken: undefined,
      ended: false,
    };
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
      // Round by round rather than with shift(), which costs as much as the queue is long.
      while (this.ready.length > 0) {
        const round = this.ready;
        this.ready = [];
        for (const step of round) step();
      }
    } finally {
      this.pumping = false;
    }
  }

  private advance(fiber: Fiber, outcome: Outcome): void {
    let step: IteratorResult<Instruction, Json>;
    fiber.taken = undefined;
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
      case 'gate':
        this.gated.add(fiber);
        return;
      case 'never':
    }
  }

  private offer(fiber: Fiber): void {
    const taken = fiber.waiting?.kind === 'listen' ? fiber.waiting.take(this.events) : undefined;
    if (taken === undefined) return;
    fiber.waiting = undefined;
    this.listening.delete(fiber);
    // At once: the next listener must not be given the same.
    fiber.taken = taken.map(eventKey);
    for (const key of fiber.taken) this.events.consume(key);
    this.resume(fiber, { ok: true, value: taken as Json });
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
        parent.children?.delete(child);
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
      (parent.children ??= new Set()).add(child);
    };
    for (let started = 0; started < Math.min(limit, bodies.length); started += 1) startNext();
  }

  private race(parent: Fiber, bodies: readonly (() => FiberBody)[]): void {
    bodies.forEach((body, index) => {
      const child = this.start(body(), (outcome) => {
        parent.children?.delete(child);
        this.cancelChildren(parent);
        this.resume(parent, outcome.ok ? { ok: true, value: { index, output: outcome.value } } : outcome);
      });
      (parent.children ??= new Set()).add(child);
    });
  }

  private cancelChildren(parent: Fiber): void {
    for (const child of parent.children ?? []) this.cancel(child);
    parent.children = undefined;
  }

  private cancel(fiber: Fiber): void {
    if (fiber.ended) return;
    fiber.ended = true;
    this.listening.delete(fiber);
    this.gated.delete(fiber);
    for (const key of fiber.taken ?? []) this.events.release(key);
    if (fiber.waiting?.kind === 'effect') {
      const { key } = fiber.waiting.effect;
      this.waitingForEffect.delete(key);
      this.outbox.push({ kind: 'withdraw', key });
    }
    this.cancelChildren(fiber);
    fiber.body.return(null);
  }
}
