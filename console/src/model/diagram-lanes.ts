/** From one task of a list to another that is not the next; `port` counts the ways out of a task. */
export interface Jump {
  readonly from: number;
  readonly to: number;
  readonly port: number;
}

export interface Lanes {
  readonly jumps: readonly (Jump & { readonly lane: number; readonly back: boolean })[];
  /** How many lanes lie beside the list: those that lead on, and those that lead back. */
  readonly forward: number;
  readonly back: number;
}

/**
 * Gives each jump a lane beside the list: short ones inside, long ones outside. Jumps to the same task may share a lane,
 * since they end in the same line.
 */
export function lanesOf(jumps: readonly Jump[]): Lanes {
  const forward = assign(jumps.filter(({ from, to }) => to > from));
  const back = assign(jumps.filter(({ from, to }) => to <= from));
  return {
    jumps: [
      ...forward.jumps.map((jump) => ({ ...jump, back: false })),
      ...back.jumps.map((jump) => ({ ...jump, back: true })),
    ],
    forward: forward.count,
    back: back.count,
  };
}

interface Taken {
  readonly top: number;
  readonly bottom: number;
  readonly to: number;
}

function assign(jumps: readonly Jump[]): { jumps: readonly (Jump & { lane: number })[]; count: number } {
  const lanes: Taken[][] = [];
  const length = ({ from, to }: Jump): number => Math.abs(to - from);
  const placed = [...jumps]
    .sort((one, other) => length(one) - length(other) || one.from - other.from)
    .map((jump) => {
      const [top, bottom] = [Math.min(jump.from, jump.to), Math.max(jump.from, jump.to)];
      const fits = (lane: readonly Taken[]): boolean =>
        lane.every((taken) => taken.to === jump.to || taken.bottom < top || taken.top > bottom);
      const free = lanes.findIndex(fits);
      const lane = free < 0 ? lanes.push([]) - 1 : free;
      lanes[lane]?.push({ top, bottom, to: jump.to });
      return { ...jump, lane };
    });
  return { jumps: placed, count: lanes.length };
}
