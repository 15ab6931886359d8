import type { Agent } from 'undici';
import { request } from 'undici';
import type { OutboundCalls } from '../../contracts/catalog-function.js';
import { isJsonObject, type Json } from '../../contracts/json.js';

/** `call: http` with nothing around it: what the benchmarks compare the whole way out with. */
export function createDirectCalls(agent: Agent): OutboundCalls {
  return async ({ args }) => {
    const { endpoint, body } = args as { endpoint: Json; body: Json };
    const uri = isJsonObject(endpoint) ? String(endpoint['uri']) : String(endpoint);
    return { kind: 'output', output: await post(agent, uri, body) };
  };
}

/** One bare call: JSON there and back. */
export async function post(agent: Agent, url: string, body: Json): Promise<Json> {
  const answer = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.body.json()) as Json;
}
