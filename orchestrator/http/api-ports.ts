import type { Reuse } from '../../contracts/reuse.js';
import type { BlockId } from '../../contracts/block.js';
import type { Case } from '../../contracts/case.js';
import type { Validation } from '../../contracts/diagnostic.js';
import type { Exchange, ExchangePayload } from '../../contracts/exchange.js';
import type { HumanTask } from '../../contracts/human-task.js';
import type { CaseId, RunId, TaskId, WorkspaceId } from '../../contracts/ids.js';
import type { PersonaIdentity, Principal, Role } from '../../contracts/identity.js';
import type { FollowedRecord, Journal } from '../../contracts/journal.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Run } from '../../contracts/run.js';
import type { Secrets } from '../../contracts/secrets.js';
import type { AuditPorts } from './ports/audit-ports.js';
import type { WorkspacePorts } from './ports/workspace-ports.js';
import type { CloudEvent, RunEvent, RunStatus } from '../../contracts/run-event.js';
import type { WorkflowDocument, WorkflowReference } from '../../contracts/workflow.js';
import type { PublishedUseCases } from '../../contracts/published-use-case.js';
import type { PresentationPlan } from '../../contracts/presentation.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';
import type { BindingPorts } from './ports/binding-ports.js';
import type { CallbackPorts } from './ports/callback-ports.js';
import type { CaseFilePorts } from './ports/case-file-ports.js';
import type { DataPorts } from './ports/data-ports.js';
import type { FaultPorts } from './ports/fault-ports.js';
import type { RequestJournalPorts } from './ports/request-journal-ports.js';
import type { OwnPorts } from './ports/own-ports.js';
import type { MediatorPorts } from './ports/mediator-ports.js';
import type { StagePorts } from './ports/stage-ports.js';
import type { StatePorts } from './ports/state-ports.js';

/** What the API needs of the other rooms. The composition root hands it in; the API knows none of them. */
export interface ApiPorts {
  readonly data: DataPorts;
  /** As the country of the workspace says them. */
  readonly useCases: (workspace: WorkspaceId) => Promise<readonly UseCaseView[]>;
  readonly publishedUseCases: () => Promise<PublishedUseCases>;
  /** The newest version of a workflow as it is loaded. GSB-REQ-002 when there is none. */
  readonly workflowDocument: (
    workspace: WorkspaceId,
    useCase: string,
    name: string,
  ) => Promise<WorkflowDocument>;
  readonly cases: {
    list(
      workspace: WorkspaceId,
      query: CaseQuery,
    ): Promise<{ readonly cases: readonly Case[]; readonly next?: string }>;
    get(workspace: WorkspaceId, id: CaseId): Promise<Case>;
    open(request: {
      workspace: WorkspaceId;
      useCase: string;
      kind: string;
      input: Json;
      actor: Principal;
      key?: string | undefined;
      /** The version and content of its workflow, when it is not the latest. */
      document?: WorkflowReference & { readonly digest: string };
    }): Promise<{ case: Case; runId: RunId }>;
    publish(workspace: WorkspaceId, id: CaseId, event: CloudEvent): Promise<number>;
  };
  readonly runs: {
    list(
      workspace: WorkspaceId,
      query: RunQuery,
    ): Promise<{ readonly runs: readonly Run[]; readonly next?: string }>;
    ofCase(workspace: WorkspaceId, id: CaseId): Promise<readonly Run[]>;
    /** Opens a case of the kind that begins with this workflow. */
    start(request: {
      workspace: WorkspaceId;
      useCase: string;
      workflow: string;
      version?: string | undefined;
      input: Json;
      actor: Principal;
      key?: string | undefined;
    }): Promise<{ case: Case; runId: RunId }>;
    retry(workspace: WorkspaceId, id: RunId, from: string | undefined, by: Principal): Promise<void>;
    rerun(
      workspace: WorkspaceId,
      id: RunId,
      request: { from: string; input?: Json | undefined; workflowVersion?: string | undefined },
    ): Promise<Run>;
    cloudEvents(workspace: WorkspaceId, id: RunId): Promise<readonly CloudEvent[]>;
    get(workspace: WorkspaceId, id: RunId): Promise<Run>;
    /** The document that it runs, whatever the file says by now. */
    workflow(run: Run): Promise<WorkflowDocument>;
    events(
      workspace: WorkspaceId,
      id: RunId,
      after: number,
      limit?: number,
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
    /** GSB-REQ-002 for an address that nobody was given, GSB-REQ-001 for a signature that fits none of our keys. */
    callback(
      workspace: WorkspaceId,
      run: RunId,
      token: string,
      name: string,
      body: Json,
      proof?: { readonly signature: string; readonly text: string },
    ): Promise<void>;
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
    read(workspace: WorkspaceId): Promise<ClockView>;
    /** Freezes or unfreezes the clock, or moves it forward, firing all that falls due on the way, in order. */
    change(
      workspace: WorkspaceId,
      change: ClockChange,
      by: Principal,
    ): Promise<{ now: string; fired: number }>;
  };
  readonly events: {
    /** To one run, to the runs of a case, or to all that listen and the schedules that start on events. */
    publish(
      workspace: WorkspaceId,
      event: CloudEvent,
      to: { readonly case?: CaseId | undefined; readonly run?: RunId | undefined } | undefined,
      by: Principal,
    ): Promise<{ reached: number; started: number; duplicate: boolean }>;
  };
  readonly blocks: {
    list(workspace: WorkspaceId): Promise<readonly BlockView[]>;
  };
  readonly audit: AuditPorts;
  readonly caseFiles: CaseFilePorts;
  readonly stage: StagePorts;
  readonly bindings: BindingPorts;
  readonly faults: FaultPorts;
  readonly callbacks: CallbackPorts;
  readonly requestJournal: RequestJournalPorts;
  readonly messages: (workspace: WorkspaceId, recipient: string | undefined) => Promise<readonly Json[]>;
  readonly ledger: (workspace: WorkspaceId) => Promise<readonly Json[]>;
  /** Seals and verifies; from the seal that covers record `from` on, when that is given. */
  readonly messageLog: (workspace: WorkspaceId, from?: number) => Promise<JsonObject>;
  readonly mediator: MediatorPorts;
  readonly workspaces: WorkspacePorts;
  readonly state: StatePorts;
  readonly secrets: Pick<Secrets, 'list' | 'set' | 'remove'>;
  readonly validation: {
    /** Everything that can be said about a workflow document by itself. */
    document(text: string): Promise<Validation>;
    /** The JSON Schema of workflow documents. */
    schema(): Promise<JsonObject>;
  };
  readonly journal: Pick<Journal, 'follow'>;
  /** For one listener: the lifecycle events that a followed record stands for. */
  readonly lifecycleFollower: () => (record: FollowedRecord) => Promise<readonly CloudEvent[]>;
  readonly workflowVersions: (
    workspace: WorkspaceId,
    useCase: string,
    name: string,
  ) => Promise<WorkflowVersions>;
  readonly caseOfRun: (
    workspace: WorkspaceId,
    run: string,
  ) => Promise<{ caseId: string; person?: string } | undefined>;
  readonly personas: (workspace: WorkspaceId) => Promise<readonly PersonaIdentity[]>;
  readonly own: OwnPorts;
}

export interface UseCaseView {
  readonly manifest: UseCaseManifest;
  readonly forms: Readonly<Record<string, JsonObject>>;
  readonly locales: Readonly<Record<string, JsonObject>>;
  /** How much of it is shared with other use cases. */
  readonly reuse?: Reuse;
  readonly workflows: readonly {
    readonly name: string;
    readonly version: string;
    readonly title: string | undefined;
    /** What it calls, in the order of the document. */
    readonly calls: readonly {
      readonly block: BlockId;
      readonly operationId: string;
      /** The step of the use case in which it does. */
      readonly step?: string;
    }[];
  }[];
  readonly scenarios: readonly {
    readonly name: string;
    readonly title: string;
    /** How many things happen in it. */
    readonly steps: number;
  }[];
  readonly presentation?: PresentationPlan;
}

interface SearchQuery {
  readonly useCase?: string | undefined;
  /** Only this person's. */
  readonly person?: string | undefined;
  /** A building block that was called. */
  readonly block?: BlockId | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ClockView {
  readonly now: string;
  readonly state: 'running' | 'frozen' | 'moving';
  readonly offsetMilliseconds: number;
  readonly nextTimer: {
    readonly due: string;
    readonly kind: 'run' | 'block' | 'schedule' | 'task';
    readonly what: string;
    /** The case that waits for it. */
    readonly case?: { readonly useCase: string; readonly kind: string; readonly number: string };
    /** The building block whose job it is. */
    readonly block?: string;
    /** The use case that starts something by itself. */
    readonly useCase?: string;
  } | null;
}

export interface CaseQuery extends SearchQuery {
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  /** A case number. */
  readonly text?: string | undefined;
}

export interface RunQuery extends SearchQuery {
  readonly caseId?: string | undefined;
  readonly workflow?: string | undefined;
  readonly state?: RunStatus | undefined;
}

/** A workflow's versions, oldest first; a changed document without a new version is a further revision. */
export interface WorkflowVersions {
  readonly useCase: string;
  readonly name: string;
  readonly title?: string;
  readonly versions: readonly {
    readonly version: string;
    readonly revisions: readonly {
      readonly digest: string;
      /** First loaded at this instant of real time. */
      readonly storedAt: string;
      /** Whether new runs of this version take it. */
      readonly loaded: boolean;
      readonly runs: number;
      /** Of these, runs that have not ended. */
      readonly running: number;
    }[];
  }[];
}

export type ClockChange =
  | { readonly kind: 'by'; readonly duration: string }
  | { readonly kind: 'to'; readonly instant: string }
  | { readonly kind: 'next-timer' }
  | { readonly kind: 'freeze' }
  | { readonly kind: 'unfreeze' };

export interface BlockView {
  readonly id: BlockId;
  readonly title: string;
  readonly binding: string;
  readonly operations: number;
  /** Software that is known to implement it, or comes near. */
  readonly candidates: readonly { readonly name: string; readonly what: string }[];
}
