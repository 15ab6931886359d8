import { json, Router } from 'express';
import { Agent, request as send } from 'undici';
import {
  ConnectionLostError,
  type BlockResponse,
  type ServiceCall,
  type ServiceCaller,
} from '../contracts/block.js';
import { CORRELATION_HEADER } from '../contracts/correlation.js';
import { workspaceIdSchema, type WorkspaceId } from '../contracts/ids.js';
import { StoreUnavailableError } from '../contracts/store-unavailable.js';
import { INTERNAL_BODY_LIMIT, INTERNAL_KEY_HEADER, internalOnly } from './internal-door.js';

/**
 * Workers call building blocks through the process that answers HTTP: mocks keep their state in order by being in one
 * process only. Not part of the API; the key comes from the installation's secret, which lies in the documents.
 */
const PATH = '/internal/calls';

type Answer =
  | { readonly kind: 'answered'; readonly response: BlockResponse }
  | { readonly kind: 'lost'; readonly beforeEffect: boolean; readonly message: string };

/** The answering side. */
export function internalCalls(services: ServiceCaller, key: string): Router {
  const router = Router();
  router.post(PATH, internalOnly(key), json({ limit: INTERNAL_BODY_LIMIT }), async (request, response) => {
    const { workspace, call } = request.body as { workspace: string; call: ServiceCall };
    response.json(await answerTo(services, workspaceIdSchema.parse(workspace), call));
  });
  return router;
}

async function answerTo(services: ServiceCaller, workspace: WorkspaceId, call: ServiceCall): Promise<Answer> {
  try {
    return { kind: 'answered', response: await services.call(workspace, call) };
  } catch (error) {
    if (!(error instanceof ConnectionLostError)) throw error;
    return { kind: 'lost', beforeEffect: error.beforeEffect, message: error.message };
  }
}

/** The server works for the request that the run comes of. */
function said({ request: { headers } }: ServiceCall): Readonly<Record<string, string>> {
  const id = headers[CORRELATION_HEADER];
  return id === undefined ? {} : { [CORRELATION_HEADER]: id };
}

/**
 * The asking side. While the server is away the run waits as it does for a store: server and workers are one system, and
 * what is between them is no failure of a building block.
 */
export function createRemoteServices(
  serverUrl: string,
  key: string,
): ServiceCaller & { close(): Promise<void> } {
  const agent = new Agent({ connections: 64 });
  return {
    call: async (workspace, call) => {
      const answer = await post({ workspace, call });
      if (answer.kind === 'answered') return answer.response;
      throw new ConnectionLostError(answer.message, answer.beforeEffect);
    },
    close: () => agent.close(),
  };

  async function post(body: { workspace: WorkspaceId; call: ServiceCall }): Promise<Answer> {
    let sent;
    try {
      sent = await send(`${serverUrl}${PATH}`, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', [INTERNAL_KEY_HEADER]: key, ...said(body.call) },
        body: JSON.stringify(body),
      });
      if (sent.statusCode === 200) return (await sent.body.json()) as Answer;
      await sent.body.dump();
    } catch (error) {
      // Also when it broke in the middle: the advance is tried again, and then asks first what became of the call.
      throw new StoreUnavailableError('blocks', { cause: error });
    }
    if (sent.statusCode === 503)
      throw new StoreUnavailableError('blocks', { cause: new Error('The server answered 503') });
    throw new Error(`The server of the sandbox at ${serverUrl} answered ${sent.statusCode} to a worker`);
  }
}
