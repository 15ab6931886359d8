import type { BlockId, Fault } from '../../contracts/block.js';
import type { Case } from '../../contracts/case.js';
import type { Validation } from '../../contracts/diagnostic.js';
import type { Exchange, ExchangePayload } from '../../contracts/exchange.js';
import type { HumanTask } from '../../contracts/human-task.js';
import type { CaseId, RunId, TaskId, WorkspaceId } from '../../contracts/ids.js';
import type { PersonaIdentity, Principal, Role } from '../../contracts/identity.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Run } from '../../contracts/run.js';
import type { CloudEvent, RunEvent } from '../../contracts/run-event.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';

/** What the API needs of the other rooms. The composition root hands it in; the API knows none of them. */
export interface ApiPorts {
  readonly useCases: readonly UseCaseView[];
  readonly cases: {
    list(workspace: WorkspaceId, query: CaseQuery): Promise<readonly Case[]>;
    get(workspace: WorkspaceId, id: CaseId): Promise<Case>;
    open(request: {
      workspace: WorkspaceId;
      useCase: string;
      kind: string;
      input: Json;
      actor: Principal;
      key?: string | undefined;
    }): Promise<{ case: Case; runId: RunId }>;
    publish(workspace: WorkspaceId, id: CaseId, event: CloudEvent): Promise<number>;
  };
  readonly runs: {
    list(workspace: WorkspaceId, caseId: string | undefined): Promise<readonly Run[]>;
    get(workspace: WorkspaceId, id: RunId): Promise<Run>;
    events(
      workspace: WorkspaceId,
      id: RunId,
      after: number,
    ): Promise<readonly { seq: number; event: RunEvent; payload?: Json }[]>;
    exchanges(
      workspace: WorkspaceId,
      id: RunId,
    ): Promise<readonly { seq: number; exchange: Exchange; payload?: ExchangePayload }[]>;
    signal(
      workspace: WorkspaceId,
      id: RunId,
      kind: 'resume' | 'cancel' | 'suspend',
      by: Principal,
    ): Promise<void>;
    callback(workspace: WorkspaceId, run: RunId, token: string, name: string, body: Json): Promise<void>;
  };
  readonly tasks: {
    list(
      workspace: WorkspaceId,
      principal: Principal,
      query: { state?: HumanTask['state']; caseId?: string; role?: Role },
    ): Promise<readonly HumanTask[]>;
    get(workspace: WorkspaceId, id: TaskId): Promise<HumanTask>;
    claim(workspace: WorkspaceId, id: TaskId, principal: Principal): Promise<HumanTask>;
    complete(workspace: WorkspaceId, id: TaskId, principal: Principal, data: Json): Promise<HumanTask>;
  };
  readonly clock: {
    read(
      workspace: WorkspaceId,
    ): Promise<{ now: string; offsetMilliseconds: number; nextTimer: string | null }>;
    /** Moves the clock forward, firing all that falls due on the way, in order. */
    advance(workspace: WorkspaceId, move: ClockMove, by: Principal): Promise<{ now: string; fired: number }>;
  };
  readonly blocks: {
    list(workspace: WorkspaceId): Promise<readonly BlockView[]>;
    faults(workspace: WorkspaceId, block: BlockId): Promise<readonly Fault[]>;
    addFault(workspace: WorkspaceId, fault: Omit<Fault, 'id'>): Promise<Fault>;
    clearFaults(workspace: WorkspaceId, block: BlockId): Promise<void>;
  };
  readonly messages: (workspace: WorkspaceId, recipient: string | undefined) => Promise<readonly Json[]>;
  readonly ledger: (workspace: WorkspaceId) => Promise<readonly Json[]>;
  readonly messageLog: (workspace: WorkspaceId) => Promise<JsonObject>;
  readonly reset: (workspace: WorkspaceId, by: Principal) => Promise<void>;
  readonly validation: {
    /** Everything that can be said about a workflow document by itself. */
    document(text: string): Promise<Validation>;
    /** The JSON Schema of workflow documents. */
    schema(): Promise<JsonObject>;
  };
  readonly journal: Pick<Journal, 'follow'>;
  readonly caseOfRun: (
    workspace: WorkspaceId,
    run: string,
  ) => Promise<{ caseId: string; person?: string } | undefined>;
  readonly personas: readonly PersonaIdentity[];
}

export interface UseCaseView {
  readonly manifest: UseCaseManifest;
  readonly forms: Readonly<Record<string, JsonObject>>;
  readonly locales: Readonly<Record<string, JsonObject>>;
  readonly workflows: readonly {
    readonly name: string;
    readonly version: string;
    readonly title: string | undefined;
  }[];
  readonly scenarios: readonly { readonly name: string; readonly title: string }[];
}

export interface CaseQuery {
  readonly useCase?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  /** Only this person's. */
  readonly person?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export type ClockMove =
  | { readonly kind: 'by'; readonly duration: string }
  | { readonly kind: 'to'; readonly instant: string }
  | { readonly kind: 'next-timer' };

export interface BlockView {
  readonly id: BlockId;
  readonly title: string;
  readonly binding: string;
  readonly operations: number;
}
