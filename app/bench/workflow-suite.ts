import { Agent } from 'undici';
import type { Json } from '../../contracts/json.js';
import { openBareJournal } from '../../infra/bench/bare-journal.js';
import { post } from './bare-call.js';
import { figure, type SuiteReport } from './figure.js';
import { openMeasuredWorkbench } from './measured-workbench.js';
import { CALLS, tenCalls } from './measured-workflows.js';
import { paced } from './pace.js';

export interface SuiteOptions {
  readonly runs: number;
  /** Where the server answers that is called. */
  readonly url: string;
  /** Absent for the embedded profile. */
  readonly redisUrl?: string | undefined;
  readonly mongoUri?: string | undefined;
  /** How the storage is set up, for people. */
  readonly setting: string;
}

const AT_ONCE = 50;
const WARM_UP = 200;

/**
 * Workflows of ten calls, 50 at once and one after the other, against two floors of the same minute: the bare calls,
 * and (on Redis) a BullMQ job that notes each step in a list.
 */
export async function measureWorkflows(
  { runs, url, redisUrl, mongoUri, setting }: SuiteOptions,
  workflows = 1000,
): Promise<SuiteReport> {
  const agent = new Agent({ connections: AT_ONCE });
  const bench = await openMeasuredWorkbench({
    workflows: [tenCalls(url)],
    concurrency: AT_ONCE,
    redisUrl,
    mongoUri,
  });
  const bare =
    redisUrl === undefined
      ? undefined
      : await openBareJournal(redisUrl, AT_ONCE, CALLS, (n) => post(agent, url, { n, from: 'bench' }));
  const tenBareCalls = async (): Promise<void> => {
    let n: Json = 0;
    for (let call = 0; call < CALLS; call += 1) {
      const answer: Json = await post(agent, url, { n: Number(n) + 1, from: 'bench' });
      n = (answer as { readonly n: Json }).n;
    }
  };
  const workflow = (): Promise<void> => bench.run('ten-calls', { n: 0 });
  try {
    await paced(WARM_UP, AT_ONCE, tenBareCalls);
    await paced(WARM_UP, AT_ONCE, workflow);
    if (bare) await paced(WARM_UP, AT_ONCE, bare.run);
    const measured = { bare: [] as number[], journal: [] as number[], ours: [] as number[] };
    const single = { bare: [] as number[], ours: [] as number[] };
    for (let run = 0; run < runs; run += 1) {
      measured.bare.push(workflows / (await paced(workflows, AT_ONCE, tenBareCalls)));
      if (bare) measured.journal.push(workflows / (await paced(workflows, AT_ONCE, bare.run)));
      const begun = performance.now();
      await paced(workflows, AT_ONCE, workflow);
      await bench.rest();
      measured.ours.push((workflows * 1000) / (performance.now() - begun));
      const few = Math.ceil(workflows / 10);
      single.bare.push(((await paced(few, 1, tenBareCalls)) * 1000) / (few * CALLS));
      single.ours.push(((await paced(few, 1, workflow)) * 1000) / (few * CALLS));
    }
    return {
      suite: 'workflows',
      on: `${setting}; ${bench.description}`,
      figures: [
        figure('ten-call workflows, 50 at once', 'per second', measured.ours, {
          least: redisUrl === undefined ? 60 : 300,
        }),
        figure('floor: the same calls with undici alone, 50 at once', 'per second', measured.bare),
        ...(bare
          ? [figure('floor: BullMQ and a bare journal, 50 at once', 'per second', measured.journal)]
          : []),
        figure(
          'share of the undici floor',
          '%',
          measured.ours.map((ours, run) => (ours / (measured.bare[run] ?? NaN)) * 100),
        ),
        figure('one step, one workflow at a time', 'ms', single.ours),
        figure('floor: one bare call', 'ms', single.bare),
        figure(
          'overhead of one step',
          'ms',
          single.ours.map((ours, run) => ours - (single.bare[run] ?? NaN)),
          { most: 1.5 },
        ),
      ],
    };
  } finally {
    await bench.close();
    await bare?.close();
    await agent.close();
  }
}
