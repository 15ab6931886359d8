import type { TaskKind, WorkflowDocument, Task, TaskList } from '../../../contracts/workflow.js';
import { lanesOf, type Jump } from './diagram-lanes.js';
import { calledIn, casesOf, kindOf, partsOf, type TaskPart } from './diagram-tasks.js';

/**
 * A workflow as a picture: where each task stands and which way the flow goes. Lengths are pixels, and the reading
 * direction is left to right; whoever draws it the other way mirrors it. Tasks are named by their JSON pointer.
 */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DiagramNode[];
  readonly frames: readonly DiagramFrame[];
  readonly edges: readonly DiagramEdge[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DiagramNode extends Box {
  readonly pointer: string;
  /** The task itself, and a `try` around nothing else. */
  readonly pointers: readonly string[];
  readonly name: string;
  readonly kind: TaskKind;
  readonly narration: string | undefined;
  /** The service that it calls, or the function. */
  readonly calls: string | undefined;
  readonly retried: boolean;
  readonly cases: readonly string[];
  /** Of a task that ends the workflow or the list it is in. */
  readonly ends: boolean;
}

/** What belongs together: the iterations of a loop, branches side by side, what is tried. */
export interface DiagramFrame extends Box {
  readonly pointer: string;
  readonly name: string;
  readonly kind: TaskKind | 'catch';
  readonly narration: string | undefined;
  readonly depth: number;
}

export interface DiagramEdge {
  readonly kind: 'next' | 'jump' | 'back';
  /** Corners, from start to end; an arrow head at the end. */
  readonly points: readonly (readonly [number, number])[];
}

const NODE = { width: 236, height: 52 };
const CASE = 22;
const GAP = 22;
const PAD = 14;
const HEAD = 30;
const LANE = 12;
/** Room for the start and end marks. */
const MARGIN = 34;

export function diagramOf(document: Pick<WorkflowDocument, 'do'>): Diagram {
  const drawing: Drawing = { nodes: [], frames: [], edges: [] };
  const list = measureList(document.do, '/do');
  list.draw(drawing, 8, MARGIN, 0);
  const middle = 8 + list.axis;
  const bottom = MARGIN + list.height;
  drawing.edges.push({
    kind: 'next',
    points: [
      [middle, 14],
      [middle, MARGIN],
    ],
  });
  if (list.fallsThrough)
    drawing.edges.push({
      kind: 'next',
      points: [
        [middle, bottom],
        [middle, bottom + MARGIN - 14],
      ],
    });
  return { ...drawing, width: list.width + 16, height: bottom + MARGIN };
}

interface Drawing {
  readonly nodes: DiagramNode[];
  readonly frames: DiagramFrame[];
  readonly edges: DiagramEdge[];
}

interface Measured {
  readonly width: number;
  readonly height: number;
  /** Where the flow enters and leaves, from the start side. */
  readonly axis: number;
  /** Whether the flow goes on below. */
  readonly fallsThrough: boolean;
  draw(into: Drawing, x: number, y: number, depth: number): void;
}

function measureList(list: TaskList, at: string, first = 0): Measured {
  const rows = list.flatMap((entry, index) =>
    Object.entries(entry).map(([name, task]) => {
      const pointer = `${at}/${first + index}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return { name, task, box: measureTask(task, name, pointer) };
    }),
  );
  const names = rows.map(({ name }) => name);
  const jumps = rows.flatMap(({ task }, index) => jumpsFrom(task, index, names));
  const lanes = lanesOf(jumps);
  const start = lanes.back * LANE + (lanes.back > 0 ? LANE / 2 : 0);
  const axis = start + Math.max(0, ...rows.map(({ box }) => box.axis));
  const inner = Math.max(0, ...rows.map(({ box }) => axis - box.axis + box.width));
  const tops: number[] = [];
  let height = 0;
  for (const { box } of rows) {
    tops.push(height);
    height += box.height + GAP;
  }
  height = Math.max(0, height - GAP);
  return {
    width: inner + lanes.forward * LANE + (lanes.forward > 0 ? LANE : 0),
    height,
    axis,
    fallsThrough: rows.at(-1)?.box.fallsThrough ?? true,
    draw: (into, x, y, depth) => {
      rows.forEach(({ task, box }, index) => {
        const top = y + (tops[index] ?? 0);
        box.draw(into, x + axis - box.axis, top, depth);
        const below = tops[index + 1];
        const onward = box.fallsThrough || casesOf(task).some(({ then }) => then === names[index + 1]);
        if (below !== undefined && onward) {
          const end = top + box.height;
          into.edges.push({
            kind: 'next',
            points: [
              [x + axis, end],
              [x + axis, y + below],
            ],
          });
        }
      });
      for (const { from, to, port, lane, back } of lanes.jumps) {
        const [source, target] = [rows[from], rows[to]];
        if (source === undefined || target === undefined) continue;
        const side = (box: Measured): number => x + axis - box.axis + (back ? 0 : box.width);
        const out = y + (tops[from] ?? 0) + portOf(source.box, source.task, port);
        const arrival = y + (tops[to] ?? 0) + Math.min(target.box.height / 2, NODE.height / 2);
        // As near as what stands between the two allows.
        const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ box }) => side(box));
        const edge = back
          ? Math.min(...between) - (lane + 1) * LANE
          : Math.max(...between) + (lane + 1) * LANE;
        into.edges.push({
          kind: back ? 'back' : 'jump',
          points: [
            [side(source.box), out],
            [edge, out],
            [edge, arrival],
            [side(target.box), arrival],
          ],
        });
      }
    },
  };
}

/** Jumps to a sibling that is not simply the next one. */
function jumpsFrom(task: Task, from: number, names: readonly string[]): readonly Jump[] {
  return casesOf(task).flatMap(({ then }, port) => {
    const to = names.indexOf(then);
    return to < 0 || to === from + 1 ? [] : [{ from, to, port }];
  });
}

function portOf(box: Measured, task: Task, port: number): number {
  return 'switch' in task
    ? NODE.height + port * CASE + CASE / 2 - 4
    : Math.min(box.height / 2, NODE.height / 2);
}

function measureTask(task: Task, name: string, pointer: string): Measured {
  const parts = partsOf(task);
  const [only] = parts;
  // A task that is only tried again and again is one task to the reader.
  if ('try' in task && parts.length === 1 && only !== undefined && task.try.length === 1) {
    const [[inside, tried] = []] = Object.entries(task.try[0] ?? {});
    if (inside !== undefined && tried !== undefined && partsOf(tried).length === 0)
      return measureNode(tried, inside, `${pointer}/try/0/${inside}`, {
        around: pointer,
        outer: task,
        retried: task.catch.retry !== undefined,
      });
  }
  return parts.length === 0 ? measureNode(task, name, pointer) : measureFrame(task, name, pointer, parts);
}

function measureNode(
  task: Task,
  name: string,
  pointer: string,
  wrapped?: { readonly around: string; readonly outer: Task; readonly retried: boolean },
): Measured {
  const cases = 'switch' in task ? casesOf(task) : [];
  const height = NODE.height + cases.length * CASE + (cases.length > 0 ? 4 : 0);
  const ways = casesOf(wrapped?.outer ?? task);
  return {
    width: NODE.width,
    height,
    axis: NODE.width / 2,
    fallsThrough: leadsOn(wrapped?.outer ?? task),
    draw: (into, x, y) => {
      into.nodes.push({
        x,
        y,
        width: NODE.width,
        height,
        pointer,
        pointers: wrapped === undefined ? [pointer] : [pointer, wrapped.around],
        name,
        kind: kindOf(task),
        narration: task.metadata?.sandbox?.narration,
        calls: calledIn(task),
        retried: wrapped?.retried ?? false,
        cases: cases.map((one) => one.name),
        ends: ways.some(({ then }) => then === 'end' || then === 'exit') || 'raise' in task,
      });
    },
  };
}

/** Whether what follows in the list may come next. A way that names the very next task counts, and is drawn as order. */
function leadsOn(task: Task): boolean {
  if ('raise' in task) return false;
  const ways = casesOf(task);
  if ('switch' in task)
    return !ways.some((way) => way.always && way.then !== 'continue') || ways.length === 0;
  return ways.every(({ then }) => then === 'continue');
}

function measureFrame(task: Task, name: string, pointer: string, parts: readonly TaskPart[]): Measured {
  const boxes = parts.map(({ at, list, first }) => measureList(list, `${pointer}${at}`, first));
  const beside = 'fork' in task;
  const heads = parts.map(({ title }) => (title === undefined ? 0 : HEAD));
  const width =
    2 * PAD +
    (beside
      ? boxes.reduce((sum, box) => sum + box.width, 0) + PAD * (boxes.length - 1)
      : Math.max(...boxes.map((box) => box.width)));
  const heights = boxes.map((box, index) => box.height + (heads[index] ?? 0));
  const height =
    HEAD + PAD + (beside ? Math.max(...heights) : heights.reduce((sum, one) => sum + one + PAD, -PAD)) + PAD;
  const axis = beside ? width / 2 : PAD + Math.max(...boxes.map((box) => box.axis));
  return {
    width,
    height,
    axis,
    fallsThrough: leadsOn(task),
    draw: (into, x, y, depth) => {
      const narration = task.metadata?.sandbox?.narration;
      into.frames.push({ x, y, width, height, pointer, name, kind: kindOf(task), narration, depth });
      let left = x + PAD;
      let top = y + HEAD + PAD / 2;
      boxes.forEach((box, index) => {
        const part = parts[index];
        const head = heads[index] ?? 0;
        if (part?.title !== undefined)
          into.frames.push({
            x: x + PAD / 2,
            y: top,
            width: width - PAD,
            height: box.height + head + PAD / 2,
            pointer: `${pointer}${part.at}`,
            name: part.title,
            kind: 'catch',
            narration: undefined,
            depth: depth + 1,
          });
        box.draw(into, beside ? left : x + axis - box.axis, top + head, depth + 1);
        if (beside) left += box.width + PAD;
        else top += (heights[index] ?? 0) + PAD;
      });
    },
  };
}
