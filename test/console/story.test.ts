import { describe, expect, it } from '@jest/globals';
import { laneIndex, lanesOf } from '../../console/src/model/lanes.js';
import { foundIn, sceneAt } from '../../console/src/model/scene.js';
import { isBad, storyOf, wayOf, type Beat } from '../../console/src/model/story.js';
import { played } from '../../console/src/story/use-player.js';
import { blockIds } from '../../contracts/block.js';
import { events, exchange, exchanges, storyLog } from './case-of-amina.js';

const kinds = (beats: readonly Beat[]): readonly string[] => beats.map(({ kind }) => kind);

describe('the story of a case', () => {
  it('is told in the order in which it happened, a call in the place of its task', () => {
    const beats = storyOf(storyLog());
    expect(kinds(beats)).toEqual(['opened', 'call', 'noted', 'asked', 'answered', 'call', 'noted']);
    expect(beats[0]).toMatchObject({ role: 'citizen', step: 'registration' });
    expect(beats[1]).toMatchObject({ id: 'e1', narration: 'application.file' });
    expect(wayOf(beats[1]!)).toEqual(['service', 'mediator', 'registration']);
    expect(beats[3]).toMatchObject({ role: 'citizen', task: { id: 'task-1' } });
    expect(wayOf(beats[4]!)).toEqual(['citizen', 'service']);
  });

  it('is the same whatever the order in which events arrive, and told once', () => {
    const shuffled = storyLog({ records: [...events].reverse(), exchanges: [...exchanges].reverse() });
    expect(storyOf(shuffled)).toEqual(storyOf(storyLog()));
  });

  it('ends a refused call at the mediator', () => {
    const refused = exchange('e3', 11, 'run-1', '/do/4/read', 'digital-registries', { outcome: 'refused' });
    const beat = storyOf(storyLog({ exchanges: [refused] })).find(({ id }) => id === 'e3')!;
    expect(wayOf(beat)).toEqual(['service', 'mediator']);
    expect(isBad(beat)).toBe(true);
  });

  it('leaves out what a repeated run took over, and runs of cases that it does not know', () => {
    const copied = events.map((record) => ({
      ...record,
      event: { ...record.event, copiedFrom: { runId: 'run-0', seq: record.seq } },
    }));
    expect(storyOf(storyLog({ records: copied, exchanges: [] }))).toEqual([]);
    const foreign = exchange('e9', 4, 'run-9', '/do/0/read', 'payments');
    expect(storyOf(storyLog({ records: [], exchanges: [foreign] }))).toEqual([]);
  });
});

describe('the scene at a moment', () => {
  const beats = storyOf(storyLog());
  it('asks until there is an answer, and shows messages once they went out', () => {
    expect(sceneAt(beats, 4).asked).toMatchObject([{ role: 'citizen', task: { id: 'task-1' } }]);
    expect(sceneAt(beats, 5).asked).toEqual([]);
    expect(sceneAt(beats, 5).messages).toEqual([]);
    expect(sceneAt(beats, 6).messages.map(({ id }) => id)).toEqual(['e2']);
    expect(sceneAt(beats, 0).beat).toBeUndefined();
  });
  it('knows where each case stands, also when the run of another moved it', () => {
    expect(sceneAt(beats, 3).states.get('case-1')).toBe('submitted');
    expect(sceneAt(beats, beats.length).states.get('case-1')).toBe('paid');
  });
  it('finds words in sentences and in names of operations', () => {
    const sentence = (beat: Beat): string => (beat.kind === 'asked' ? 'May we READ this?' : 'x');
    expect(foundIn(beats, 'may we read', sentence)).toEqual([3]);
    expect(foundIn(beats, 'sendsinglesms', sentence)).toEqual([5]);
    expect(foundIn(beats, ' ', sentence)).toHaveLength(beats.length);
  });
});

describe('the lanes', () => {
  const many = blockIds.map((block, index) =>
    exchange(`m${index}`, 30 + index, 'run-1', `/do/${index}`, block),
  );
  const beats = storyOf(storyLog({ exchanges: many }));
  it('are at most seven: people, the service, the mediator, blocks in play, and one for the rest', () => {
    const lanes = lanesOf(beats, beats.length, 7);
    expect(lanes).toHaveLength(7);
    expect(lanes.slice(0, 3)).toEqual(['citizen', 'service', 'mediator']);
    expect(lanes.at(-1)).toBe('others');
    expect(laneIndex(lanes, 'financial-institution')).toBeGreaterThan(2);
    expect(lanesOf(beats, 9, 7)).not.toEqual(lanes);
  });
  it('give each block its own where there is room', () => {
    const few = storyOf(storyLog());
    expect(lanesOf(few, few.length, 7)).toEqual([
      'citizen',
      'service',
      'mediator',
      'registration',
      'messaging',
    ]);
  });
  it('draw every actor somewhere', () => {
    for (const most of [4, 5, 7]) {
      const lanes = lanesOf(beats, 3, most);
      for (const beat of beats)
        for (const actor of wayOf(beat)) expect(laneIndex(lanes, actor)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('the player', () => {
  const state = { cursor: 3, playing: false, speed: 1, following: true };
  it('follows what happens until somebody looks back', () => {
    expect(played(state, { kind: 'by', beats: -1 }, 10)).toMatchObject({ cursor: 9, following: false });
    expect(played({ ...state, cursor: 2 }, { kind: 'follow' }, 10)).toMatchObject({
      cursor: 10,
      following: true,
    });
  });
  it('plays to the end and stops there, and begins again from there', () => {
    const playing = { ...state, following: false, playing: true, cursor: 9 };
    expect(played(playing, { kind: 'tick' }, 10)).toMatchObject({ cursor: 10, playing: false });
    expect(played({ ...playing, playing: false, cursor: 10 }, { kind: 'toggle' }, 10)).toMatchObject({
      cursor: 1,
      playing: true,
    });
    expect(played({ ...playing, playing: false }, { kind: 'tick' }, 10).cursor).toBe(9);
  });
  it('never leaves the story', () => {
    expect(played(state, { kind: 'by', beats: 99 }, 10).cursor).toBe(10);
    expect(played({ ...state, following: false }, { kind: 'by', beats: -99 }, 10).cursor).toBe(1);
    expect(played(state, { kind: 'to', cursor: 5 }, 0).cursor).toBe(0);
  });
});
