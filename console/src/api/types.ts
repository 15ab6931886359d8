import type { BlockId } from '../../../contracts/block.js';
import type { Case } from '../../../contracts/case.js';
import type { CountryView } from '../../../contracts/country.js';
import type { Exchange, ExchangePayload, LawfulBasisUsed } from '../../../contracts/exchange.js';
import type { HumanTask } from '../../../contracts/human-task.js';
import type { PersonaIdentity, Principal } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import type { PresentationPlan } from '../../../contracts/presentation.js';
import type { Run } from '../../../contracts/run.js';
import type { UseCaseManifest } from '../../../contracts/use-case.js';

/** The answers of `/api/v1`, as far as the console reads them. */
export interface Me {
  readonly principal: Principal | null;
  readonly csrfToken: string | null;
  /** A persona is signed in at this origin, and nothing is asked. */
  readonly oneClick: boolean;
}

export interface CountriesAnswer {
  readonly current: string;
  readonly countries: readonly CountryView[];
}

export type UseCaseSummary = UseCaseManifest & {
  readonly scenarios: readonly { readonly name: string; readonly title: string; readonly steps: number }[];
  readonly workflows: readonly WorkflowCalls[];
};

/** A workflow, and which operations of the building blocks it calls in which step. */
export interface WorkflowCalls {
  readonly name: string;
  readonly version: string;
  readonly title?: string;
  readonly calls: readonly {
    readonly block: BlockId;
    readonly operationId: string;
    readonly step?: string;
  }[];
}

export interface UseCase {
  readonly manifest: UseCaseManifest;
  readonly forms: Readonly<Record<string, JsonObject>>;
  readonly locales: Readonly<Record<string, JsonObject>>;
  readonly presentation?: PresentationPlan | undefined;
}

export type Persona = Pick<PersonaIdentity, 'id' | 'username' | 'name' | 'title' | 'story' | 'roles'>;
export type Task = Omit<HumanTask, '_id'>;

export interface CaseAnswer {
  readonly case: Case;
  readonly runs: readonly Run[];
}

export interface SequencedEvent {
  readonly seq: number;
  readonly event: RunEvent;
}

export interface SequencedExchange {
  readonly seq: number;
  readonly exchange: Exchange;
  readonly payload?: ExchangePayload;
}

/** A call about the signed-in person, from the message log. */
export interface Access {
  readonly id: string;
  readonly time: string;
  readonly clientTitle: string;
  readonly serviceTitle: string;
  readonly outcome: Exchange['outcome'];
  readonly fields?: readonly string[];
  readonly basis?: LawfulBasisUsed;
  readonly refusal?: string;
  readonly case?: { readonly id: string; readonly number: string; readonly useCase: string };
  readonly step?: string;
}

export interface ClockAnswer {
  readonly now: string;
  readonly offsetMilliseconds: number;
  readonly state: 'running' | 'frozen' | 'moving';
  readonly nextTimer: {
    readonly due: string;
    readonly kind: 'run' | 'block' | 'schedule' | 'task';
    readonly case?: { readonly useCase: string; readonly kind: string; readonly number: string };
    readonly block?: string;
    readonly useCase?: string;
  } | null;
}
