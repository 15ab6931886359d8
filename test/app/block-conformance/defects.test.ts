import { afterAll, describe, expect, it } from '@jest/globals';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import { openCandidate, type Candidate } from './candidate.js';
import { defects } from './defects.js';
import type { Defect } from './defects/defect.js';
import { seeds } from './seeds.js';

/**
 * Each defect is looked for by the check that is to see it, else by the whole suite. DEFECTS=all takes all of them;
 * every fourth is enough for every day.
 */
const chosen = process.env['DEFECTS'] === 'all' ? defects : defects.filter((_one, index) => index % 4 === 0);

const open = new Map<BlockId, Promise<Candidate>>();
function candidateOf(block: BlockId): Promise<Candidate> {
  const known = open.get(block) ?? openCandidate(block, seeds[block]);
  open.set(block, known);
  return known;
}
afterAll(async () => {
  for (const candidate of open.values()) await (await candidate).close();
});

async function isCaught(
  { block, twist, dialect, seenBy, patienceMs = 10_000 }: Defect,
  only: boolean,
): Promise<boolean> {
  const candidate = await candidateOf(block);
  const report = await candidate.check({
    twist,
    ...(dialect === undefined ? {} : { dialect }),
    failFast: true,
    patienceMs,
    ...(only
      ? {
          only: (id) =>
            id.startsWith(seenBy) ||
            (seenBy === 'callbacks-once' && /alert$|pushing|account-mapper$/.test(id)),
        }
      : {}),
  });
  return report.checks.some(({ outcome }) => outcome.kind === 'failed');
}

describe('deliberately wrong copies of our blocks', () => {
  const missed: string[] = [];
  let caught = 0;

  it('are many, of every block', () => {
    expect(chosen.length).toBeGreaterThanOrEqual(40);
    for (const block of blockIds)
      expect(defects.filter((defect) => defect.block === block).length).toBeGreaterThanOrEqual(5);
    const names = defects.map(({ block, name, dialect }) => `${block} ${dialect ?? ''} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(blockIds)('are told from the right one: %s', async (block) => {
    for (const defect of chosen.filter((one) => one.block === block)) {
      const found = (await isCaught(defect, true)) || (await isCaught(defect, false));
      if (found) caught += 1;
      else missed.push(`${defect.block}: ${defect.name}`);
    }
  });

  it('are caught, nearly all of them', () => {
    process.stdout.write(
      `defects caught: ${caught} of ${chosen.length}\n${missed.map((one) => `  missed: ${one}\n`).join('')}`,
    );
    expect(caught / chosen.length).toBeGreaterThanOrEqual(0.95);
  });
});
