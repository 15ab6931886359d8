import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startMockServer, type MockServer } from '../../app/mock-server.js';
import { readMockSeeds } from '../../app/mock-seeds.js';
import type { BlockId } from '../../contracts/block.js';
import { silentLogger } from '../../contracts/logger.js';
import { readOfficial, type OfficialDocument } from './official-documents.js';
import { createRenaming, type Renaming } from './rename.js';
import { replay, violations } from './replay.js';
import { readTranscript, type Scenario } from './transcript.js';

export interface ComplianceSuite {
  readonly block: BlockId;
  /** How many scenarios the official suite has. */
  readonly count: number;
  /** Values with a meaning of their own, which stay when all else is renamed. */
  readonly magic: readonly (string | RegExp)[];
  /** The documents that the suite was written against: answers must fit them too. */
  readonly documents?: readonly OfficialDocument[];
}

/**
 * Plays the recorded official suite of a block against `sandbox mock BLOCK --seed compliance`: once as recorded, once
 * with every name and number changed, so that only state can give the answers. Skipped where the recording is absent.
 */
export function complianceSuite({ block, count, magic, documents = [] }: ComplianceSuite): void {
  const scenarios = readTranscript(block);
  const describeIfThere = scenarios === undefined ? describe.skip : describe;
  const named = (scenarios ?? []).map((scenario): [string, Scenario] => [
    `${scenario.number}. ${scenario.feature}: ${scenario.title}`,
    scenario,
  ]);
  const absent: [string, Scenario | undefined][] = [['the transcript is absent', undefined]];
  const cases = named.length === 0 ? absent : named;

  describeIfThere(`the official suite of ${block}`, () => {
    it(`has ${count} scenarios`, () => expect(named).toHaveLength(count));

    describe('as recorded', () => play(block, cases, documents));

    describe('with everything renamed', () => play(block, cases, documents, createRenaming(magic)));
  });
}

function play(
  block: BlockId,
  cases: readonly [string, Scenario | undefined][],
  documents: readonly OfficialDocument[],
  renaming?: Renaming,
): void {
  const official = readOfficial(documents);
  let server: MockServer;

  beforeAll(async () => {
    const seeds = await readMockSeeds(block, 'compliance');
    server = await startMockServer({
      block,
      port: 0,
      host: '127.0.0.1',
      seed: renaming?.seeds(seeds) ?? seeds,
      realClock: { now: () => new Date() },
      logger: silentLogger,
    });
  });
  afterAll(() => server.close());

  it.each(cases)('%s', async (_name, recorded) => {
    if (recorded === undefined) return;
    const scenario = renaming?.scenario(recorded) ?? recorded;
    const answers = await replay(server.origin, scenario);
    expect(violations(scenario, answers, server.openapi, official)).toEqual([]);
  });
}
