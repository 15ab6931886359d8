import type { Case } from '../../contracts/case.js';
import type { Digest } from '../../contracts/digest.js';
import {
  runIdSchema,
  type CaseId,
  type PersonRef,
  type RunId,
  type WorkspaceId,
} from '../../contracts/ids.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { WorkflowReference } from '../../contracts/workflow.js';
import type { Cases } from './cases.js';
import type { Catalog } from './catalog.js';
import type { NewRun, StartRun } from './start-run.js';

export interface OpenCaseRequest {
  readonly workspace: WorkspaceId;
  readonly useCase: string;
  readonly kind: string;
  /** The same key opens the same case. */
  readonly key: string;
  /** Nobody knows the key but this request, so nobody could ask again: it is written down before it is carried out. */
  readonly unrepeatable?: boolean;
  readonly input: Json;
  readonly person?: PersonRef;
  /** The case whose run opens this one. */
  readonly openedBy?: CaseId;
  /** Further `$runtime.metadata`, such as the actor. */
  readonly metadata: JsonObject;
  /** The version and content of its workflow; the latest that is loaded when absent. */
  readonly document?: WorkflowReference & { readonly digest: string };
  /** How many runs stand above the new one. */
  readonly depth?: number;
}

export type OpenCase = (request: OpenCaseRequest) => Promise<{ readonly case: Case; readonly runId: RunId }>;

/** Opens a case and starts its workflow. Every part is found again when it is repeated, so a crash in between heals. */
export function createOpenCase(deps: {
  cases: Cases;
  catalog: Catalog;
  startRun: StartRun;
  digest: Digest;
  /** Where blocks may call this run back; `/<name>` is appended by workflows. */
  callbackUrl: (workspace: WorkspaceId, run: string) => string;
}): OpenCase {
  return async (request) => {
    const { workspace, useCase, kind, key, input, person, openedBy, metadata, document, depth } = request;
    const definition = deps.catalog.caseKind(useCase, kind);
    const suffix = caseSuffix(deps.digest, { workspace, useCase, kind, key });
    const id = runIdSchema.parse(`run-${suffix}`);
    const { case: opened, told } = await deps.cases.open({
      run: id,
      workspace,
      id: `case-${suffix}`,
      useCase,
      kind,
      definition,
      ...(person === undefined ? {} : { person }),
      ...(openedBy === undefined ? {} : { openedBy }),
    });
    // A run that ended and was removed since must not run again.
    if (opened.removed?.includes(id) === true) return { case: opened, runId: id };
    const starting = deps.startRun({
      workspace,
      id,
      useCase,
      caseId: opened.id,
      ...(document === undefined
        ? { workflow: deps.catalog.latest(useCase, definition.workflow) }
        : pinned(document)),
      ...(depth === undefined ? {} : { depth }),
      input,
      metadata: runMetadata(opened, deps.callbackUrl(workspace, id), deps.catalog.client(useCase), metadata),
    });
    // Two appends under way together are one write to the disk.
    const [runId] = await Promise.all([starting, told]);
    return { case: opened, runId };
  };
}

function pinned({
  digest,
  ...workflow
}: NonNullable<OpenCaseRequest['document']>): Pick<NewRun, 'workflow' | 'digest'> {
  return { workflow, digest };
}

/** What the ids of the case and of its first run are made of: the same request gets the same. */
export function caseSuffix(
  digest: Digest,
  { workspace, useCase, kind, key }: Pick<OpenCaseRequest, 'workspace' | 'useCase' | 'kind' | 'key'>,
): string {
  return digest.sha256(`${workspace}|${useCase}|${kind}|${key}`).slice(0, 20);
}

/** `$runtime.metadata` of a run. */
export function runMetadata(of: Case, callbackUrl: string, client: string, more: JsonObject): JsonObject {
  return {
    ...more,
    workspace: of.workspace,
    callbackUrl,
    client,
    case: { id: of.id, number: of.number, kind: of.kind, person: of.person ?? null },
  };
}
