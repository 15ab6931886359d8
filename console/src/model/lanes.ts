import type { BlockId } from '../../../contracts/block.js';
import { wayOf, type Actor, type Beat } from './story.js';

/** What stands at the head of a lane: an actor, or the blocks that found no lane of their own. */
export type Lane = Actor | 'others';

/** Beats before and after the present one whose blocks count as in play. */
const NEAR = 12;
const people = ['citizen', 'officers'] as const;

/**
 * At most `most` lanes: people, the service, the mediator, and the blocks that are in play around the present beat, in
 * the order in which the story first calls them. The rest share one lane.
 */
export function lanesOf(beats: readonly Beat[], cursor: number, most: number): readonly Lane[] {
  const ways = beats.map(wayOf);
  const present = new Set(ways.flat());
  const fixed: readonly Lane[] = [
    ...people.filter((one) => present.has(one)),
    'service',
    ...(present.has('mediator') ? (['mediator'] as const) : []),
  ];
  const all = [...present].filter(isBlock);
  const room = most - fixed.length;
  if (all.length <= room) return [...fixed, ...all];
  // Those called just before the present beat first, then those that come.
  const before = ways
    .slice(Math.max(0, cursor - NEAR), cursor)
    .flat()
    .filter(isBlock)
    .reverse();
  const after = ways
    .slice(cursor, cursor + NEAR)
    .flat()
    .filter(isBlock);
  const wanted = [...new Set([...before, ...after, ...all])].slice(0, Math.max(0, room - 1));
  return [...fixed, ...all.filter((block) => wanted.includes(block)), 'others'];
}

/** The lane that an actor is drawn in. */
export function laneIndex(lanes: readonly Lane[], actor: Actor): number {
  const own = lanes.indexOf(actor);
  return own >= 0 ? own : lanes.indexOf('others');
}

function isBlock(actor: Actor): actor is BlockId {
  return actor !== 'citizen' && actor !== 'officers' && actor !== 'service' && actor !== 'mediator';
}
