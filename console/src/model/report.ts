import type { BlockId } from '../../../contracts/block.js';
import type { CaseFileTask } from '../../../contracts/case-file.js';
import type { LawfulBasisUsed } from '../../../contracts/exchange.js';
import type { StoryLog } from './story.js';

/** What a case comes to in figures: for people who read the outcome and not the log. */
export interface CaseReport {
  readonly calls: number;
  readonly refused: number;
  readonly failed: number;
  /** Milliseconds of all calls, and of the slowest. */
  readonly callTime: number;
  readonly slowest: number;
  readonly blocks: readonly {
    readonly block: BlockId;
    readonly calls: number;
    readonly milliseconds: number;
  }[];
  /** Each consent or law that let calls through, with the fields that were read under it. */
  readonly bases: readonly {
    readonly basis: LawfulBasisUsed;
    readonly calls: number;
    readonly fields: readonly string[];
  }[];
  /** What people did, in the order in which they did it. */
  readonly acts: readonly CaseFileTask[];
  /** On the calendar of the workspace. */
  readonly from: string;
  readonly until: string;
}

export function reportOf(log: StoryLog): CaseReport {
  const { exchanges } = log;
  const blocks = new Map<BlockId, { calls: number; milliseconds: number }>();
  const bases = new Map<string, { basis: LawfulBasisUsed; calls: number; fields: Set<string> }>();
  for (const { block, milliseconds, basis, fields, outcome } of exchanges) {
    const ofBlock = blocks.get(block) ?? { calls: 0, milliseconds: 0 };
    blocks.set(block, { calls: ofBlock.calls + 1, milliseconds: ofBlock.milliseconds + milliseconds });
    if (basis === undefined || outcome === 'refused') continue;
    const name = nameOf(basis);
    const known = bases.get(name) ?? { basis, calls: 0, fields: new Set<string>() };
    known.calls += 1;
    for (const field of fields ?? []) known.fields.add(field);
    bases.set(name, known);
  }
  const times = log.records.map(({ event }) => event.time).sort();
  return {
    calls: exchanges.length,
    refused: exchanges.filter(({ outcome }) => outcome === 'refused').length,
    failed: exchanges.filter(
      ({ outcome, status }) => outcome !== 'refused' && (status === 0 || status >= 400),
    ).length,
    callTime: exchanges.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    slowest: exchanges.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0),
    blocks: [...blocks]
      .map(([block, figures]) => ({ block, ...figures }))
      .sort((one, other) => other.calls - one.calls),
    bases: [...bases.values()].map(({ fields, ...rest }) => ({ ...rest, fields: [...fields] })),
    acts: log.tasks
      .filter(({ state }) => state === 'completed')
      .sort((one, other) => (one.completedAt ?? '').localeCompare(other.completedAt ?? '')),
    from: times[0] ?? '',
    until: times.at(-1) ?? '',
  };
}

function nameOf(basis: LawfulBasisUsed): string {
  switch (basis.kind) {
    case 'consent':
      return `consent ${basis.agreement}`;
    case 'public-task':
      return `public-task ${basis.reference}`;
    case 'not-personal':
      return 'not-personal';
  }
}
