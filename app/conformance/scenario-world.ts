import type { RunId } from '../../contracts/ids.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { checkDocument } from '../../orchestrator/definition/check-document.js';
import type { LintPorts } from '../../orchestrator/definition/lint/ports.js';
import { said } from '../../orchestrator/definition/said.js';
import type { EngineDeps } from '../../orchestrator/engine/index.js';
import type { Schemas } from '../use-case-catalog.js';
import type { WorkbenchRun } from '../workbench.js';
import { check, StepFailed } from './check.js';
import type { TestHosts } from './hosts/test-hosts.js';
import { openScenarioBench, type ScenarioBench } from './scenario-bench.js';

/** What all scenarios share: loaded once, without a memory of any of them. */
export interface ConformanceParts {
  readonly engine: EngineDeps;
  readonly schemas: Schemas;
  readonly hosts: TestHosts;
  readonly lint: LintPorts;
}

/**
 * One scenario as it is played: first what is given is collected, then the bench is opened with it, and what follows is
 * asked of the runs. The workflow is the one of `a workflow with definition`; others are beside it.
 */
export class ScenarioWorld {
  private readonly workflows: WorkflowDocument[] = [];
  private readonly secrets: Record<string, Json> = {};
  private readonly forms: Record<string, JsonObject> = {};
  private readonly files = new Map<string, string>();
  private refused: string | undefined;
  private refusalExpected = false;
  private opened: ScenarioBench | undefined;
  private run: RunId | undefined;
  private startsAt = new Date('2026-01-01T00:00:00.000Z');
  private clockStands = false;
  private executions = 0;
  input: Json = {};
  /** Events that the scenario published. */
  published = 0;

  constructor(readonly parts: ConformanceParts) {}

  /** A definition that is refused fails the scenario at its next step, unless that step expects it. */
  define(text: string): void {
    check(this.opened === undefined, 'Definitions are given before the workflow is executed.');
    const { document, report } = checkDocument(text, 'definition.yaml', {
      files: this.files,
      lint: this.parts.lint,
    });
    if (document !== undefined) this.workflows.push(document);
    else this.refused ??= said(report.diagnostics().filter(({ severity }) => severity === 'error'));
  }

  /** A file of the folder that the definitions after it lie in. */
  addFile(path: string, text: string): void {
    this.files.set(path, text);
  }

  addSecret(name: string, value: Json): void {
    this.secrets[name] = value;
  }

  addForm(name: string, schema: JsonObject): void {
    this.forms[name] = schema;
  }

  /** Time passes only as told from here on; otherwise the clock jumps to the next timer when nothing else is left to do. */
  standClockAt(instant: string): void {
    check(this.opened === undefined, 'The clock is set before the workflow is executed.');
    this.startsAt = new Date(instant);
    this.clockStands = true;
  }

  /** Why the definition was refused. */
  refusal(): string {
    check(this.refused !== undefined, 'The definition should be refused, and was accepted.');
    this.refusalExpected = true;
    return this.refused;
  }

  async bench(): Promise<ScenarioBench> {
    this.checkAccepted();
    this.opened ??= await openScenarioBench({
      workflows: this.workflows,
      startsAt: this.startsAt,
      engine: this.parts.engine,
      schemas: this.parts.schemas,
      hostMap: this.parts.hosts.map,
      secrets: this.secrets,
      forms: this.forms,
    });
    return this.opened;
  }

  /** Starts the first workflow, or the one of this name, and lets it go as far as it goes. */
  async execute(name?: string): Promise<void> {
    if (this.refused !== undefined) return;
    const workflow = name ?? this.workflows[0]?.document.name;
    check(workflow !== undefined, 'There is no workflow to execute.');
    const bench = await this.bench();
    this.executions += 1;
    this.run = await bench.workbench.start(workflow, this.input, `execution-${this.executions}`);
    await this.settle();
  }

  async look(): Promise<WorkbenchRun> {
    this.checkAccepted();
    check(this.opened !== undefined && this.run !== undefined, 'The workflow was not executed.');
    return this.opened.workbench.look(this.run);
  }

  async runsOf(workflow: string): Promise<readonly RunId[]> {
    return (await this.bench()).runsOf(workflow);
  }

  get runId(): RunId {
    if (this.run === undefined) throw new StepFailed('The workflow was not executed.');
    return this.run;
  }

  /** Lets everything happen that needs nobody; where the clock is free, timers too. */
  async settle(): Promise<void> {
    const bench = await this.bench();
    await bench.quiet();
    if (this.clockStands) return;
    for (let moves = 0; moves < MOST_MOVES; moves += 1) {
      const { status } = await bench.workbench.look(this.runId);
      if (ENDED.has(status) || !(await bench.nextTimer())) return;
    }
    throw new StepFailed(`The run had not ended after ${MOST_MOVES} timers.`);
  }

  /** Raises StepFailed for a refusal that no step asked for. */
  checkAccepted(): void {
    if (this.refused !== undefined && !this.refusalExpected)
      throw new StepFailed(`The definition was refused: ${this.refused}`);
  }

  async close(): Promise<void> {
    await this.opened?.close();
  }
}

const MOST_MOVES = 1_000;
const ENDED = new Set(['completed', 'faulted', 'cancelled']);
