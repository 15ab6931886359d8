import { Agent, request } from 'undici';
import { figure, type Figure, type SuiteReport } from './figure.js';
import { paced } from './pace.js';
import { findPrism, serveBlock, servePrism } from './served-block.js';

export interface BlocksOptions {
  readonly runs: number;
  readonly environment: NodeJS.ProcessEnv;
  /** A free port, for Prism. */
  readonly freePort: () => Promise<number>;
  readonly tell: (line: string) => void;
}

const CONNECTIONS = 20;
const WARM_UP = 0.2;
const REGISTRY = '/data/registryname/111';
const CLIENT = 'SANDBOX/GOV/BENCH/CLIENT';

/** What is asked of whoever serves the document. */
interface Asking {
  readonly read: () => Promise<void>;
  readonly write: () => Promise<void>;
}

/**
 * One building block, the digital registries, over HTTP with keep-alive, its process apart from the caller's: a read and
 * a write, both checked on the way in and out, against the embedded database and in memory. Beside it Prism with the
 * same document, where it is installed.
 */
export async function measureBlocks(options: BlocksOptions, requests = 4000): Promise<SuiteReport> {
  const { runs, environment, tell } = options;
  const agent = new Agent({ connections: CONNECTIONS });
  const prism = await findPrism(environment);
  if (prism === undefined)
    tell('blocks: Prism is not installed; `npm install --no-save @stoplight/prism-cli` puts it beside');
  const figures: Figure[] = [];
  const measure = async (name: string, origin: string, targets: readonly number[]) => {
    const asking = askingOf(agent, origin);
    for (const [at, kind] of (['read', 'write'] as const).entries()) {
      await paced(requests * WARM_UP, CONNECTIONS, asking[kind]);
      const rates: number[] = [];
      for (let run = 0; run < runs; run += 1)
        rates.push(requests / (await paced(requests, CONNECTIONS, asking[kind])));
      const least = targets[at];
      figures.push(
        figure(`${name}: ${kind}`, 'per second', rates, least === undefined ? undefined : { least }),
      );
    }
  };
  try {
    for (const [state, targets] of [
      ['embedded', [2000, 1000]],
      ['memory', []],
    ] as const) {
      const block = await serveBlock(state);
      try {
        await measure(
          `state ${state === 'memory' ? 'in memory' : 'in the embedded database'}`,
          block.origin,
          targets,
        );
        if (prism === undefined || state !== 'memory') continue;
        const other = await servePrism(prism, block.openapi, await options.freePort());
        try {
          await measure('Prism, no state', other.origin, []);
        } finally {
          await other.close();
        }
      } finally {
        await block.close();
      }
    }
  } finally {
    await agent.close();
  }
  return { suite: 'blocks', on: `digital registries, ${CONNECTIONS} connections kept alive`, figures };
}

function askingOf(agent: Agent, origin: string): Asking {
  let written = 0;
  const post = async (operation: string, body: object): Promise<void> => {
    const answer = await request(`${origin}${REGISTRY}/${operation}`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json', 'information-mediator-client': CLIENT },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${operation} was answered ${answer.statusCode}: ${text}`);
  };
  return {
    read: () => post('read', { query: { content: { ID: 'EE378129127223' } } }),
    write: () => {
      written += 1;
      const content = {
        ID: `BENCH-${process.pid}-${written}`,
        FirstName: 'Ada',
        LastName: `Number ${written}`,
      };
      return post('create', { write: { content } });
    },
  };
}
