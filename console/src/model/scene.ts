import type { CaseFileTask } from '../../../contracts/case-file.js';
import type { Role } from '../../../contracts/identity.js';
import { actorOf, isMessage, type Beat } from './story.js';

/** How things stand after so many beats: what is on the phone and on the desk, and where each case is. */
export interface Scene {
  readonly beat: Beat | undefined;
  /** Messages that have gone out, oldest first. */
  readonly messages: readonly Extract<Beat, { kind: 'call' }>[];
  /** People who have been asked and have not answered. */
  readonly asked: readonly Asked[];
  /** State by case. */
  readonly states: ReadonlyMap<string, string>;
  /** Calls that the mediator let through, and those that it refused. */
  readonly calls: number;
  readonly refused: number;
}

export interface Asked {
  readonly beat: Beat;
  readonly role: Role;
  readonly task: CaseFileTask | undefined;
}

export function sceneAt(beats: readonly Beat[], cursor: number): Scene {
  const messages: Extract<Beat, { kind: 'call' }>[] = [];
  const asked = new Map<string, Asked>();
  const states = new Map<string, string>();
  let calls = 0;
  let refused = 0;
  for (const beat of beats.slice(0, cursor)) {
    for (const { caseId, state } of beat.moved) states.set(caseId, state);
    if (beat.kind === 'asked') asked.set(keyOf(beat), { beat, role: beat.role, task: beat.task });
    if (beat.kind === 'answered') asked.delete(keyOf(beat));
    if (isMessage(beat)) messages.push(beat);
    if (beat.kind === 'call') {
      if (beat.exchange.outcome === 'refused') refused += 1;
      else calls += 1;
    }
  }
  return {
    beat: cursor === 0 ? undefined : beats[cursor - 1],
    messages,
    asked: [...asked.values()],
    states,
    calls,
    refused,
  };
}

/** The task instance; a beat's own id is one of its events. */
function keyOf(beat: Extract<Beat, { kind: 'asked' | 'answered' }>): string {
  return beat.task?.id ?? `${beat.run}\n${beat.narration ?? beat.name}`;
}

export function isFor(who: 'citizen' | 'officers', { role }: Asked): boolean {
  return actorOf(role) === who;
}

/** Beats that mention the words, in the order of the story: their numbers. */
export function foundIn(
  beats: readonly Beat[],
  words: string,
  sentenceOf: (beat: Beat) => string,
): readonly number[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return beats.map((_beat, index) => index);
  return beats.flatMap((beat, index) => {
    const technical = beat.kind === 'call' ? `${beat.exchange.block} ${beat.exchange.operationId ?? ''}` : '';
    return `${sentenceOf(beat)} ${technical}`.toLocaleLowerCase().includes(wanted) ? [index] : [];
  });
}
