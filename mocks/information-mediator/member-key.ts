import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WorkspaceId } from '../../contracts/ids.js';

/** Over HTTP a caller proves to be a member by that member's key. Training: a real mediator asks for certificates. */
export interface MemberKeys {
  /** The key of `instance/class/member/application` in a workspace. */
  keyOf(workspace: WorkspaceId, client: string): string;
  matches(workspace: WorkspaceId, client: string, key: string): boolean;
}

/** Keys are derived from the installation's secret: nothing is stored, and a workspace's keys open no other. */
export function createMemberKeys(secret: string): MemberKeys {
  const digest = (workspace: WorkspaceId, client: string): Buffer =>
    createHmac('sha256', secret).update(`member-key\n${workspace}\n${client}`).digest();
  return {
    keyOf: (workspace, client) => digest(workspace, client).toString('base64url'),
    matches(workspace, client, key) {
      const given = Buffer.from(key, 'base64url');
      const wanted = digest(workspace, client);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
