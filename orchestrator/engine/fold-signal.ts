import type { Signal, SignalReceived } from '../../contracts/run-event.js';
import { isEnded, type Memo } from './memo.js';

/** Takes a received signal into the memo; repeated ones change nothing, and a suspended run holds them. */
export function foldSignal(memo: Memo, event: SignalReceived, signal: Signal | undefined): void {
  memo.inbox = Math.max(memo.inbox, event.inbox);
  if (signal === undefined) {
    // The payload was erased; a timer needs none.
    if (event.signal === 'timer' && event.key !== undefined) memo.firedTimers.add(event.key);
    return;
  }
  if (memo.signals.has(signal.id)) return;
  memo.signals.add(signal.id);
  if (isHeld(memo, signal)) memo.held.push(signal);
  else foldTakenSignal(memo, signal);
}

/** A suspended run takes nothing but what ends its suspension. */
export function isHeld(memo: Memo, { kind }: Signal): boolean {
  return memo.status === 'suspended' && kind !== 'cancel' && kind !== 'resume';
}

export function foldTakenSignal(memo: Memo, signal: Signal): void {
  switch (signal.kind) {
    case 'event':
      memo.events.add(signal.event);
      return;
    case 'timer':
      memo.firedTimers.add(signal.key);
      return;
    case 'done':
      memo.answers.set(signal.key, { ok: true, output: signal.output });
      return;
    case 'failed':
      memo.answers.set(signal.key, { ok: false, error: signal.error });
      return;
    case 'cancel':
      // What is being compensated already ends anyway.
      if (!isEnded(memo) && memo.compensating === undefined) memo.requested = 'cancel';
      return;
    case 'suspend':
      if (memo.status === 'started' && memo.compensating === undefined) memo.requested ??= 'suspend';
      return;
    case 'resume':
      if (memo.status === 'suspended') memo.requested = 'resume';
  }
}
