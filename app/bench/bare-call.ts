import { request, type Agent } from 'undici';
import type { Json } from '../../contracts/json.js';

/** One bare call, JSON there and back: the floor under every call that a workflow makes. */
export async function post(agent: Agent, url: string, body: Json): Promise<Json> {
  const answer = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.body.json()) as Json;
}
