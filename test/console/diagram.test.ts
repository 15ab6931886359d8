import { describe, expect, it } from '@jest/globals';
import { loadUseCases } from '../../app/read-use-cases.js';
import { diagramOf, type Box } from '../../console/src/model/diagram.js';
import { lanesOf } from '../../console/src/model/diagram-lanes.js';
import { parseRunFile, RUN_FILE, runFile } from '../../console/src/model/run-file.js';
import { pointerIn, positionsOf } from '../../console/src/model/run-position.js';
import { magicValues } from '../../console/src/model/magic-values.js';
import { pointerOf } from '../../orchestrator/engine/instance-key.js';
import type { RunEvent } from '../../contracts/run-event.js';

const useCases = await loadUseCases();
const documents = useCases.flatMap(({ workflows }) => workflows);

function apart(one: Box, other: Box): boolean {
  return (
    one.x + one.width <= other.x ||
    other.x + other.width <= one.x ||
    one.y + one.height <= other.y ||
    other.y + other.height <= one.y
  );
}

describe.each(documents.map((document) => [document.document.name, document] as const))(
  'the picture of %s',
  (_name, document) => {
    const diagram = diagramOf(document);
    it('shows every task inside the picture, and none over another', () => {
      expect(diagram.nodes.length).toBeGreaterThan(0);
      for (const [index, node] of diagram.nodes.entries()) {
        expect(node.x).toBeGreaterThanOrEqual(0);
        expect(node.x + node.width).toBeLessThanOrEqual(diagram.width);
        expect(node.y + node.height).toBeLessThanOrEqual(diagram.height);
        for (const other of diagram.nodes.slice(index + 1))
          expect([node.pointer, other.pointer, apart(node, other)]).toEqual([
            node.pointer,
            other.pointer,
            true,
          ]);
      }
    });
    it('keeps the ways inside the picture', () => {
      for (const { points } of diagram.edges) {
        for (const [x, y] of points) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(diagram.width);
          expect(y).toBeLessThanOrEqual(diagram.height);
        }
      }
    });
  },
);

describe('a picture', () => {
  const set = { set: {} };
  it('draws a choice that skips a task as a jump, and a way back as one', () => {
    const { edges, nodes } = diagramOf({
      do: [
        { ask: { switch: [{ again: { when: '.x', then: 'ask' } }, { skip: { then: 'last' } }] } },
        { middle: set },
        { last: set },
      ],
    });
    expect(nodes.map(({ name, cases }) => [name, cases])).toEqual([
      ['ask', ['again', 'skip']],
      ['middle', []],
      ['last', []],
    ]);
    expect(edges.filter(({ kind }) => kind === 'jump')).toHaveLength(1);
    expect(edges.filter(({ kind }) => kind === 'back')).toHaveLength(1);
  });
  it('draws branches side by side, each under its pointer', () => {
    const { nodes, frames } = diagramOf({
      do: [{ both: { fork: { branches: [{ one: set }, { two: set }] } } }],
    });
    expect(nodes.map(({ pointer }) => pointer)).toEqual([
      '/do/0/both/fork/branches/0/one',
      '/do/0/both/fork/branches/1/two',
    ]);
    expect(nodes[0]?.y).toBe(nodes[1]?.y);
    expect(frames).toMatchObject([{ kind: 'fork', pointer: '/do/0/both' }]);
  });
  it('tells a task that is only tried again as one task', () => {
    const { nodes, frames } = diagramOf({
      do: [{ patiently: { try: [{ send: set }], catch: { retry: 'twice' } } }],
    });
    expect(frames).toEqual([]);
    expect(nodes).toMatchObject([
      { name: 'send', retried: true, pointers: ['/do/0/patiently/try/0/send', '/do/0/patiently'] },
    ]);
  });
  it('gives jumps that overlap lanes of their own, unless they end in the same place', () => {
    const jump = (from: number, to: number) => ({ from, to, port: 0 });
    expect(lanesOf([jump(0, 5), jump(1, 3)]).forward).toBe(2);
    expect(lanesOf([jump(0, 5), jump(1, 5)]).forward).toBe(1);
    expect(lanesOf([jump(5, 0), jump(1, 3)])).toMatchObject({ forward: 1, back: 1 });
  });
});

describe('the position of a run', () => {
  it.each([
    '/do/3/each/for#12/do/0/send@2',
    '/do/1/a/try#3/try/0/b',
    '/do/1/a/catch/do/0/b',
    '/do/5/both/fork/branches/1/two*2',
    '/do/0/wait',
  ])('finds the place of %s in the document as the engine does', (key) => {
    expect(pointerIn(key)).toBe(pointerOf(key));
  });
  it('says what is done, failed and waiting, and counts iterations', () => {
    const names = { name: 'send', kind: 'call', time: '', at: '' } as const;
    const events = [
      { type: 'task.started', key: '/do/0/each/for#0/do/0/send', ...names },
      { type: 'task.completed', key: '/do/0/each/for#0/do/0/send', ...names },
      { type: 'task.started', key: '/do/0/each/for#1/do/0/send', ...names },
    ] as readonly RunEvent[];
    const records = events.map((event, index) => ({ seq: index + 1, event }));
    const positions = positionsOf(records, [{ key: '/do/1/ask', name: 'ask', kind: 'call' }]);
    expect(positions.get('/do/0/each/do/0/send')).toMatchObject({
      standing: 'running',
      count: 2,
      events: [1, 2, 3],
    });
    expect(positions.get('/do/1/ask')?.standing).toBe('waiting');
  });
});

describe('the file of a run', () => {
  const parts = {
    exportedAt: '2026-01-05T09:00:00.000Z',
    case: { id: 'c' },
    run: { id: 'r', workflow: {}, waiting: [] },
    workflow: { document: { name: 'w' }, do: [] },
    events: [{ seq: 1, event: { type: 'run.started' }, payload: { input: 'personal' } }],
    exchanges: [{ seq: 1, exchange: { id: 'x' }, payload: { requestBody: 'personal' } }],
  } as unknown as Parameters<typeof runFile>[0];
  it('leaves out what is about people, unless it is asked for', () => {
    expect(JSON.stringify(runFile(parts, { withData: false }))).not.toContain('personal');
    expect(JSON.stringify(runFile(parts, { withData: true }))).toContain('personal');
  });
  it('opens what was exported, and nothing else', () => {
    const file = runFile(parts, { withData: true });
    expect(parseRunFile(JSON.stringify(file))).toEqual(file);
    expect(parseRunFile('{')).toBeUndefined();
    expect(parseRunFile(JSON.stringify({ format: RUN_FILE, run: {} }))).toBeUndefined();
    expect(parseRunFile(JSON.stringify({ ...file, events: [{ seq: 'one' }] }))).toBeUndefined();
  });
});

it('reads magic values from the rules of a block, each once', () => {
  const slow = { rule: 'magic:slow', when: 'Magic value `…0012`: It takes its time' };
  expect(magicValues({ rules: [slow, { rule: 'no-path', when: 'No path' }, slow] })).toEqual([
    { value: '…0012', what: 'It takes its time' },
  ]);
});
