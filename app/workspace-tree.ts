import { Router, type Request, type RequestHandler, type Response } from 'express';
import { DEFAULT_WORKSPACE, workspaceIdSchema, type WorkspaceId } from '../contracts/ids.js';
import type { Principal } from '../contracts/identity.js';
import { SandboxError } from '../contracts/problems.js';
import { notFound } from '../orchestrator/http/problem-handler.js';
import type { Gate } from '../orchestrator/workspaces/gate.js';
import { noWorkspace, type Workspaces } from '../orchestrator/workspaces/workspaces.js';
import { readCallbackPath } from './callback-url.js';

/** Which workspace a request is about: it is noted once, where its address is read. */
export interface RequestWorkspaces {
  readonly workspaceOf: (request: Request) => WorkspaceId;
  /** Takes `/w/{workspace}` off and notes the workspace; unknown or expired: GSB-REQ-002. Mount it before the tree. */
  readonly prefix: (tree: Router) => Router;
  /** Takes `/cb/{tag}/...` to the workspace that the tag stands for, and every callback to its route of the API. */
  readonly callbacks: RequestHandler;
  /** Lets changes wait while the workspace is emptied or stored, and counts them while they are in hand. */
  readonly waitAtGate: RequestHandler;
  /** Refuses a principal that may enter another workspace only, with the words for one that is not there. */
  readonly admit: (principal: Principal | undefined, request: Request) => void;
  /** Ends the event streams of a workspace. */
  readonly dismiss: (workspace: WorkspaceId) => void;
}

/** What empties, stores or moves a workspace waits for the others, so it must not be waited for. */
const NOT_COUNTED = /^\/api\/v1\/(?:(?:reset|clock|workspaces)(?:\/|$)|persons\/[^/]+\/erase\/?$)/;
const STREAM = /^\/api\/v1\/stream\/?$/;
/** Longer than any reset; a browser gives up later. */
const LONGEST_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

export function createRequestWorkspaces(deps: {
  readonly workspaces: Pick<Workspaces, 'find' | 'findByTag'>;
  readonly gate: Pick<Gate, 'enter'>;
}): RequestWorkspaces {
  const noted = new WeakMap<Request, WorkspaceId>();
  const listening = new Map<WorkspaceId, Set<Response>>();
  const workspaceOf = (request: Request): WorkspaceId => noted.get(request) ?? DEFAULT_WORKSPACE;

  const enter: RequestHandler = async (request, response, next) => {
    const given = String(request.params['workspace']);
    const id = workspaceIdSchema.safeParse(given).data;
    const found = id === undefined ? undefined : await deps.workspaces.find(id);
    if (found === undefined) throw noWorkspace(given.slice(0, 60));
    noted.set(request, found._id);
    // The console's page is a folder.
    if (request.method === 'GET' && request.originalUrl.split('?')[0] === `/w/${given}`) {
      response.redirect(308, `/w/${given}/`);
      return;
    }
    next();
  };

  return {
    workspaceOf,
    prefix: (tree) => {
      const router = Router();
      // What the tree does not know must not be looked for at the root.
      router.use('/w/:workspace', enter, tree, notFound);
      return router;
    },
    callbacks: async (request, _response, next) => {
      const address = request.method === 'POST' ? readCallbackPath(request.path) : undefined;
      if (address !== undefined) {
        const { tag, run, token, name } = address;
        if (tag !== undefined) {
          const found = await deps.workspaces.findByTag(tag);
          if (found === undefined)
            throw new SandboxError('GSB-REQ-002', { detail: 'Nobody is called back at this address.' });
          noted.set(request, found._id);
        }
        request.url = `/api/v1/callbacks/${run}/${token}/${name}`;
      }
      next();
    },
    waitAtGate: async (request, response, next) => {
      const workspace = workspaceOf(request);
      if (request.method === 'GET' || request.method === 'HEAD') {
        if (STREAM.test(request.path)) listen(workspace, response);
        next();
        return;
      }
      if (!NOT_COUNTED.test(request.path)) {
        const leave = await entered(workspace);
        if (response.closed) leave();
        else response.once('close', leave);
      }
      next();
    },
    admit: (principal, request) => {
      const workspace = workspaceOf(request);
      if (principal?.workspace !== undefined && principal.workspace !== workspace)
        throw noWorkspace(workspace);
    },
    dismiss: (workspace) => {
      for (const response of listening.get(workspace) ?? []) response.end();
    },
  };

  function listen(workspace: WorkspaceId, response: Response): void {
    const all = listening.get(workspace) ?? new Set();
    listening.set(workspace, all.add(response));
    response.once('close', () => {
      all.delete(response);
      if (all.size === 0) listening.delete(workspace);
    });
  }

  async function entered(workspace: WorkspaceId): Promise<() => void> {
    const entering = deps.gate.enter(workspace);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), LONGEST_WAIT_MS);
    });
    const leave = await Promise.race([entering, late]);
    clearTimeout(timer);
    if (leave !== undefined) return leave;
    void entering.then((left) => left());
    throw new SandboxError('GSB-REQ-003', {
      detail: 'The workspace is being reset, stored or put back. Send it again in a moment.',
      extensions: { retryAfter: RETRY_AFTER_SECONDS },
    });
  }
}
