import type { ReactElement } from 'react';
import type { DiagramEdge } from '../model/diagram.js';

const CORNER = 6;
const HEAD = 5;

/** A way of the flow: a line with round corners and a head. */
export function Edge({ edge }: { readonly edge: DiagramEdge }): ReactElement | null {
  const { points } = edge;
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end === undefined || before === undefined) return null;
  const [dx, dy] = [Math.sign(end[0] - before[0]), Math.sign(end[1] - before[1])];
  const base = [end[0] - dx * HEAD, end[1] - dy * HEAD] as const;
  const head = `${end[0]},${end[1]} ${base[0] + dy * HEAD},${base[1] + dx * HEAD} ${base[0] - dy * HEAD},${base[1] - dx * HEAD}`;
  return (
    <g className={`diagram-edge diagram-edge-${edge.kind}`}>
      <path d={pathOf([...points.slice(0, -1), base])} />
      <polygon points={head} />
    </g>
  );
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => {
      const [last, next] = [points[index - 1], points[index + 1]];
      if (last === undefined) return `M${x} ${y}`;
      if (next === undefined) return `L${x} ${y}`;
      const from = toward([x, y], last);
      const to = toward([x, y], next);
      return `L${from[0]} ${from[1]}Q${x} ${y} ${to[0]} ${to[1]}`;
    })
    .join('');
}

/** A little way from a corner towards another point. */
function toward(
  [x, y]: readonly [number, number],
  [tx, ty]: readonly [number, number],
): readonly [number, number] {
  const way = Math.hypot(tx - x, ty - y);
  const part = way === 0 ? 0 : Math.min(CORNER, way / 2) / way;
  return [x + (tx - x) * part, y + (ty - y) * part];
}
