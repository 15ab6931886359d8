import type { BlockRequest, ServiceCall } from '../../contracts/block.js';
import type { LawfulBasisUsed } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { didYouMean as nearTo, suggestion } from '../../contracts/near-misses.js';
import { belongsTo, decideRight, type RightDecision } from './access.js';
import type { DirectoryService } from './directory-service.js';
import type { Directory } from './directory.js';
import { decideBasis } from './lawful-basis.js';
import { applicationPath, parseApplication } from './member-path.js';
import type { Consents, MatchedOperation, NearOperations, OperationOf } from './ports.js';
import type { MediatorRefusal, RefusalType } from './refusal.js';
import { isUnambiguousPath } from './safe-path.js';

/** What the mediator found out about a call before it delivers or refuses it. */
export type Admission =
  | {
      readonly kind: 'admitted';
      readonly client: string;
      readonly serviceName: string;
      readonly service: DirectoryService;
      readonly operation: MatchedOperation;
      /** Path below the block's root. */
      readonly blockPath: string;
      readonly basis: LawfulBasisUsed;
    }
  | {
      readonly kind: 'refused';
      /** As recorded: `unknown` when the name is no member's form. */
      readonly client: string;
      readonly serviceName: string;
      readonly service?: DirectoryService;
      readonly operation?: MatchedOperation;
      readonly refusal: MediatorRefusal;
    };

export interface ExamineDeps {
  /** The directory with the access rights of a workspace, as they stand now. */
  readonly directoryOf: (workspace: WorkspaceId) => Promise<Directory>;
  readonly operationOf: OperationOf;
  readonly consents: Consents;
  /** What a caller may have meant, as `GET /path`, below the service. */
  readonly nearOperations?: NearOperations;
}

/** Checks, in order: names, path, operation, access right, lawful basis. Deny by default. */
export async function examine(
  { directoryOf, operationOf, consents, nearOperations }: ExamineDeps,
  workspace: WorkspaceId,
  { client: givenClient, service: givenService, request }: ServiceCall,
  at: Date,
): Promise<Admission> {
  const directory = await directoryOf(workspace);
  const parsed = parseApplication(givenClient);
  const client = parsed ? applicationPath(parsed) : 'unknown';
  const service = directory.service(givenService);
  const serviceName = service?.id ?? 'unknown';
  const names = { client, serviceName, ...(service && { service }) };
  const refused = (type: RefusalType, message: string, operation?: MatchedOperation): Admission => ({
    kind: 'refused',
    ...names,
    ...(operation && { operation }),
    refusal: { type, message },
  });

  if (!parsed)
    return refused('Client.BadRequest', 'the client is not named as instance/class/member/application');
  if (!directory.isApplication(client)) {
    return refused(
      'Server.ClientProxy.UnknownMember',
      `${client} is not a member's application in this directory${nearTo(client, directory.applications().map(applicationPath))}`,
    );
  }
  if (!service) {
    const near = nearTo(
      givenService,
      directory.services().map(({ id }) => id),
    );
    return refused('Server.ServerProxy.UnknownService', `no such service in this directory${near}`);
  }
  if (!isUnambiguousPath(request.path)) {
    return refused('Client.BadRequest', 'the path is not validly encoded, or has dot segments');
  }
  const blockPath = `${service.basePath ?? ''}${request.path}`;
  const operation = matched(operationOf, service, { ...request, path: blockPath });
  if (!operation) {
    const near = suggestion(nearOperations?.(service, request) ?? []);
    return refused(
      'Server.ServerProxy.UnknownOperation',
      `${service.id} has no operation at this method and path${near}`,
    );
  }
  const access = decideRight(service, client, operation.operationId);
  if (access.kind !== 'held') {
    const message = `${client} has no access right for ${operation.operationId} of ${service.id}`;
    return refused('Server.ServerProxy.AccessDenied', `${message}${wayOut(access)}`, operation);
  }
  const { basis } = access.right;
  const decision = await decideBasis(consents, { workspace, basis, request, operation, at });
  if (decision.kind === 'refused') return refused(decision.refusal.type, decision.refusal.message, operation);
  return {
    kind: 'admitted',
    client,
    serviceName: service.id,
    service,
    operation,
    blockPath,
    basis: decision.basis,
  };
}

/** What a trainer reads in a parked run: the right that was taken away, and how to give it back. */
function wayOut(access: Exclude<RightDecision, { kind: 'held' }>): string {
  if (access.kind === 'none' || access.right.id === undefined) return '';
  return `: it was revoked. Grant it again (sandbox rights grant ${access.right.id}), then resume the run`;
}

function matched(
  operationOf: OperationOf,
  service: DirectoryService,
  request: BlockRequest,
): MatchedOperation | undefined {
  const operation = operationOf(service.block, request);
  return operation && belongsTo(service, operation) ? operation : undefined;
}
