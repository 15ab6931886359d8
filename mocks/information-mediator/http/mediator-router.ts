import {
  Router,
  json,
  text,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import {
  ConnectionLostError,
  type Block,
  type BlockResponse,
  type ServiceCaller,
} from '../../../contracts/block.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Logger } from '../../../contracts/logger.js';
import { isStoreUnavailable } from '../../../contracts/store-unavailable.js';
import { DEEPEST_NESTING, isNestedTooDeep } from '../../kit/nesting.js';
import { parseQuery } from '../../kit/query-string.js';
import { applicationPath, decodePart, parseApplication } from '../member-path.js';
import { refusalResponse, type RefusalType } from '../refusal.js';
import { clientOf } from './client-header.js';
import { readRequest } from './read-request.js';
import { writeResponse } from './write-response.js';

export interface MediatorRouterDeps {
  readonly mediator: ServiceCaller;
  /** The mediator's own block: answers the metaservices. */
  readonly block: Pick<Block, 'handle'>;
  /** The workspace of a request; undefined: there is none such. */
  readonly workspaceOf: (request: Request) => WorkspaceId | undefined;
  /** Whether the caller proved to be `client`, by a member key or a bearer token. */
  readonly authenticateMember: (request: Request, client: string) => Promise<boolean>;
  readonly uuid: () => string;
  readonly logger: Logger;
  /** Largest body, as body-parser writes it. */
  readonly limit?: string;
}

const METASERVICES = new Set(['listMethods', 'allowedMethods', 'getOpenAPI']);

/**
 * The mediator over HTTP, by the X-Road Message Protocol for REST 1.0.3:
 * `/r1/{instance}/{class}/{member}/{application}/{service}/...`, and the metaservices with and without `/r1`.
 * Its rooms (`/r1/.../api|pub|pull/v1/...`, and `/r1/.../subs|event|pull` of PubSub 1.0.0) are the block's own, for
 * members who prove to be who they say.
 * Mount it where the workspace's tree begins. What it does not know falls through to the next handler.
 */
export function mediatorRouter(deps: MediatorRouterDeps): Router {
  const router = Router({ caseSensitive: true });
  const { limit = '5mb' } = deps;
  const parsers: RequestHandler[] = [
    json({ limit, strict: false, type: ['application/json', 'application/*+json', 'json'] }),
    text({ limit, type: () => true }),
  ];

  function refuse(response: Response, type: RefusalType, message: string): void {
    writeResponse(response, refusalResponse({ type, message }, deps.uuid()));
  }

  async function serveMetaservice(request: Request, response: Response, next: NextFunction): Promise<void> {
    const workspace = deps.workspaceOf(request);
    const blockRequest = readRequest(request, request.path);
    if (workspace === undefined || blockRequest === undefined) {
      next();
      return;
    }
    const client = clientOf(request.rawHeaders);
    const headers = {
      ...blockRequest.headers,
      ...(client === undefined ? {} : { 'x-govstack-client': client }),
    };
    // Clients of the older dialect give the whole query twice; what is relayed stays as it is.
    const query = parseQuery(request.url.split('?').slice(1).join('?'));
    const asked = { ...blockRequest, headers, query };
    writeResponse(response, await answered(() => deps.block.handle(workspace, asked)));
  }

  async function serveService(request: Request, response: Response, next: NextFunction): Promise<void> {
    const workspace = deps.workspaceOf(request);
    if (workspace === undefined) {
      next();
      return;
    }
    const { name, rest } = splitService(request.path);
    const service = name.map(decodePart);
    if (name.length < 5 || service.some((part) => part === undefined || part === '' || part.includes('/'))) {
      refuse(
        response,
        'Client.BadRequest',
        'the path must be /r1/instance/class/member/application/service/...',
      );
      return;
    }
    const given = clientOf(request.rawHeaders);
    const client = given === undefined ? undefined : parseApplication(given);
    if (!client) {
      const message = `the header X-GovStack-Client ${given === undefined ? 'is missing' : 'is not valid'}: it must say instance/class/member/application of the caller`;
      refuse(response, 'Client.BadRequest', message);
      return;
    }
    const blockRequest = readRequest(request, rest);
    if (!blockRequest) {
      refuse(response, 'Client.BadRequest', `the method ${request.method} is not supported`);
      return;
    }
    const caller = applicationPath(client);
    if (!(await isProven(request, response, workspace, caller))) return;
    if (isNestedTooDeep(blockRequest.body)) {
      refuse(response, 'Client.BadRequest', `the body is nested deeper than ${DEEPEST_NESTING} levels`);
      return;
    }
    const call = { client: caller, service: service.join('/'), request: blockRequest };
    writeResponse(response, await answered(() => deps.mediator.call(workspace, call)));
  }

  async function isProven(
    request: Request,
    response: Response,
    workspace: WorkspaceId,
    caller: string,
  ): Promise<boolean> {
    if (await deps.authenticateMember(request, caller)) return true;
    deps.logger.warn({ workspace, client: caller }, 'a caller did not prove to be the member it names');
    response.setHeader('www-authenticate', 'Bearer');
    refuse(
      response,
      'Client.AuthenticationFailed',
      `prove to be ${caller}: X-Sandbox-Member-Key or a bearer token`,
    );
    return false;
  }

  async function serveRoom(request: Request, response: Response, next: NextFunction): Promise<void> {
    const workspace = deps.workspaceOf(request);
    const blockRequest = readRequest(request, request.path);
    if (workspace === undefined || blockRequest === undefined) {
      next();
      return;
    }
    const given = clientOf(request.rawHeaders);
    const client = given === undefined ? undefined : parseApplication(given);
    const headers = { ...blockRequest.headers };
    // Without a valid name nobody can prove anything; the block says what is missing.
    if (client !== undefined) {
      headers['x-govstack-client'] = applicationPath(client);
      if (!(await isProven(request, response, workspace, applicationPath(client)))) return;
    }
    writeResponse(response, await answered(() => deps.block.handle(workspace, { ...blockRequest, headers })));
  }

  async function answered(call: () => Promise<BlockResponse>): Promise<BlockResponse> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ConnectionLostError) {
        return refusalResponse(
          { type: 'Server.ServerProxy.NetworkError', message: error.message },
          deps.uuid(),
        );
      }
      if (isStoreUnavailable(error)) {
        const message = 'a store of the sandbox cannot be used just now: call again, with the same keys';
        return refusalResponse({ type: 'Server.ServerProxy.NetworkError', message }, deps.uuid());
      }
      deps.logger.error({ err: error }, 'a mediated call failed unexpectedly');
      const message = 'the mediator failed unexpectedly';
      return refusalResponse({ type: 'Server.ServerProxy.ServiceFailed', message }, deps.uuid());
    }
  }

  router.use((request, response, next) => {
    const path = request.path;
    if (isMetaservice(request.method, path)) void serveMetaservice(request, response, next).catch(next);
    else if (!path.startsWith('/r1/')) next();
    else {
      parse(parsers, request, response, (error?: unknown) => {
        const serve = isRoom(path) ? serveRoom : serveService;
        if (error === undefined) void serve(request, response, next).catch(next);
        else
          refuse(
            response,
            'Client.BadRequest',
            'the body could not be read: it is too large or no valid JSON',
          );
      });
    }
  });
  return router;
}

function isMetaservice(method: string, path: string): boolean {
  if (method !== 'GET') return false;
  if (path === '/listClients' || path === '/r1/listClients') return true;
  const parts = path.slice(1).split('/');
  if (parts[0] === 'r1') parts.shift();
  return parts.length === 5 && METASERVICES.has(parts[4] ?? '');
}

/** What PubSub 1.0.0 has below a room, and of how many parts: there it goes before services of these names. */
const OLDER_ROOM: Readonly<Record<string, readonly number[]>> = { subs: [1, 2], event: [2], pull: [3, 4] };

/** `/r1/a/b/c/d/pub/v1/...` and its kin: of the room a/b/c/d, not of a service. */
function isRoom(path: string): boolean {
  const [kind = '', ...rest] = path.split('/').slice(6);
  const isNewer = ['api', 'pub', 'pull'].includes(kind) && rest[0] === 'v1';
  return isNewer || (Object.hasOwn(OLDER_ROOM, kind) && OLDER_ROOM[kind]?.includes(rest.length + 1) === true);
}

/** `/r1/a/b/c/d/e/rest` into [a..e] and `/rest`, still percent-encoded. */
function splitService(path: string): { name: readonly string[]; rest: string } {
  const parts = path.split('/').slice(2);
  return { name: parts.slice(0, 5), rest: `/${parts.slice(5).join('/')}` };
}

/** Runs body parsers one after the other: a later one skips what an earlier one read. */
function parse(
  [parser, ...others]: readonly RequestHandler[],
  request: Request,
  response: Response,
  done: (error?: unknown) => void,
): void {
  if (!parser) {
    done();
    return;
  }
  void parser(request, response, (error?: unknown) => {
    if (error === undefined || error === null) parse(others, request, response, done);
    else done(error);
  });
}
