import type { Case } from '../../contracts/case.js';
import type { Principal } from '../../contracts/identity.js';
import { caseIdSchema, type RunId, type WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Run } from '../../contracts/run.js';
import type { ApiPorts } from './api-ports.js';
import { parse } from './parse.js';
import { onlyCitizen } from './route.js';

/** Somebody else's case is answered like one that does not exist: a citizen learns nothing from guessing. */
export async function visibleCase(
  ports: ApiPorts,
  workspace: WorkspaceId,
  id: string,
  principal: Principal,
): Promise<Case> {
  const found = await ports.cases.get(workspace, parse(caseIdSchema, id, 'The case id'));
  if (isHidden(found, principal))
    throw new SandboxError('GSB-REQ-002', { detail: `There is no case ${id}.` });
  return found;
}

export async function visibleRun(
  ports: ApiPorts,
  workspace: WorkspaceId,
  id: RunId,
  principal: Principal,
): Promise<Run> {
  const run = await ports.runs.get(workspace, id);
  const of = await ports.cases.get(workspace, run.caseId);
  if (isHidden(of, principal)) throw new SandboxError('GSB-REQ-002', { detail: `There is no run ${id}.` });
  return run;
}

export function isHidden({ person }: Case, principal: Principal): boolean {
  return onlyCitizen(principal) && person !== principal.person;
}
