import { Agent } from 'undici';
import { post } from './bare-call.js';
import { figure, type SuiteReport } from './figure.js';
import { openMeasuredWorkbench } from './measured-workbench.js';
import { mapOfCalls } from './measured-workflows.js';
import { paced } from './pace.js';
import type { SuiteOptions } from './workflow-suite.js';

const AT_ONCE = 50;

/** One workflow with one parallel map of calls, against the same calls with nothing around them. */
export async function measureMap(
  { runs, url, redisUrl, mongoUri, setting }: SuiteOptions,
  items = 10_000,
): Promise<SuiteReport> {
  const agent = new Agent({ connections: AT_ONCE });
  const bench = await openMeasuredWorkbench({
    workflows: [mapOfCalls(url, AT_ONCE)],
    concurrency: 1,
    redisUrl,
    mongoUri,
  });
  try {
    await bench.run('map-of-calls', { items: Math.ceil(items / 20) });
    const ours: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      let n = 0;
      const one = async (): Promise<void> => {
        await post(agent, url, { n: (n += 1) });
      };
      bare.push(await paced(items, AT_ONCE, one));
      const begun = performance.now();
      await bench.run('map-of-calls', { items });
      ours.push((performance.now() - begun) / 1000);
      await bench.rest();
    }
    return {
      suite: 'map',
      on: `${setting}; ${bench.description}`,
      figures: [
        figure(`a parallel map of ${items} calls, ${AT_ONCE} at once`, 's', ours, {
          most: redisUrl === undefined ? 40 : 4,
        }),
        figure('floor: the same calls with undici alone', 's', bare),
      ],
    };
  } finally {
    await bench.close();
    await agent.close();
  }
}
