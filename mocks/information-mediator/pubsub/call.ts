import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer } from '../../kit/block-definition.js';
import { applicationPath } from '../member-path.js';
import { callerOf, nearApplications } from '../operations/provider.js';
import type { MediatorContext, MediatorPorts } from '../operations/state.js';

/** Who asks for what in which room. A room is an application of the member that owns it. */
export interface PubSubCall {
  readonly room: string;
  readonly client: string;
  /** Of the path; empty where the path has none. */
  readonly eventType: string;
}

/** Raises GSB-REQ-001 when the caller is not named. */
export function callOf(context: MediatorContext): PubSubCall {
  const { instanceId = '', memberClass = '', memberCode = '', applicationCode = '' } = context.path;
  return {
    room: applicationPath({ instanceId, memberClass, memberCode, applicationCode }),
    client: callerOf(context),
    eventType: context.path['eventType'] ?? '',
  };
}

/** Raises GSB-REQ-001 unless room and caller are in the directory. */
export function assertKnown({ directory }: MediatorPorts, { room, client }: PubSubCall): void {
  if (!directory.isApplication(room))
    throw new SandboxError('GSB-REQ-001', {
      detail: `applicationCode: there is no such room in this directory${nearApplications(directory, room)}`,
    });
  if (!directory.isApplication(client))
    throw new SandboxError('GSB-REQ-001', {
      detail: `X-GovStack-Client: not an application in this directory${nearApplications(directory, client)}`,
    });
}

/** A room is managed by the member that owns it. Raises GSB-REQ-001 for everybody else. */
export function assertManages({ room, client }: PubSubCall): void {
  if (memberOf(room) === memberOf(client)) return;
  throw new SandboxError('GSB-REQ-001', {
    detail: 'X-GovStack-Client: only applications of the member that owns the room manage its event types',
  });
}

/** What the body says must be what the path says. */
export function assertSameType({ eventType }: PubSubCall, given: unknown): void {
  if (given === eventType) return;
  throw new SandboxError('GSB-REQ-001', { detail: '/body/eventType: it must be the event type of the path' });
}

/** An answer in words, as the directory gives its refusals. */
export function said(status: 404 | 409, what: string, rule: string): OperationAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: what,
    rule,
  };
}

function memberOf(application: string): string {
  return application.split('/').slice(0, 3).join('/');
}
