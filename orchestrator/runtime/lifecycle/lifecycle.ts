import type { Json, JsonObject } from '../../../contracts/json.js';
import type { CloudEvent, RunError, RunEvent } from '../../../contracts/run-event.js';
import type { TaskKind, WorkflowReference } from '../../../contracts/workflow.js';
import { isWithin, pointerOf } from '../../engine/index.js';

/** A record of a run's journal; payloads are not needed, and never looked at. */
export interface RunRecord {
  readonly seq: number;
  readonly event: RunEvent;
}

/** Reads a run's journal in order, from its first record, and says each transition as CloudEvents. */
export interface Lifecycle {
  next(record: RunRecord): readonly CloudEvent[];
}

const WORKFLOW = 'io.serverlessworkflow.workflow.';
const TASK = 'io.serverlessworkflow.task.';

/**
 * Lifecycle events of the Open Workflow Specification DSL 1.0.3 (Lifecycle Events), derived from a run's journal and
 * from nothing else: the same journal always gives the same events with the same ids. Outputs are not in them but
 * behind `outputUri`, for those who may read payloads. `api` is the address of the API, such as
 * `http://localhost:4000/api/v1`.
 */
export function createLifecycle(api: string, runId: string): Lifecycle {
  const source = `${api}/runs/${runId}`;
  /** Tasks that have begun and not ended. The journal does not say what the end of a task cancels below it. */
  const open = new Map<string, TaskKind>();
  let workflow: WorkflowReference | undefined;
  let ended: string | undefined;

  const say = (record: RunRecord): readonly CloudEvent[] => {
    const { event } = record;
    const { time } = event;
    const told: CloudEvent[] = [];
    const tell = (type: string, data: JsonObject, subject?: string): void => {
      told.push({
        specversion: '1.0',
        id: `${runId}.${record.seq}.${told.length}`,
        source,
        type: `${type}.v1`,
        time,
        ...(subject === undefined ? {} : { subject }),
        datacontenttype: 'application/json',
        data,
      });
    };
    const name = qualifiedName(runId, workflow);
    const ofWorkflow = (what: string, data: JsonObject): void => tell(WORKFLOW + what, { name, ...data });
    const ofTask = (what: string, key: string, data: JsonObject): void =>
      tell(TASK + what, { workflow: name, task: pointerOf(key), ...data }, key);
    const begin = (key: string, kind: TaskKind): void => {
      open.set(key, kind);
      ofTask('created', key, { createdAt: time });
      ofTask('started', key, { startedAt: time });
      if (kind === 'listen') ofWorkflow('correlation-started', { startedAt: time });
    };
    const cancelWithin = (ancestor: string): void => {
      for (const key of innermostFirst(open.keys())) {
        if (key === ancestor || !isWithin(key, ancestor)) continue;
        open.delete(key);
        ofTask('cancelled', key, { cancelledAt: time });
      }
    };
    const outputUri = `${source}/events?after=${record.seq - 1}&limit=1&payload=true`;

    switch (event.type) {
      case 'run.created':
        workflow = event.workflow;
        break;
      case 'run.started':
        ofWorkflow('started', { definition: { ...workflow }, startedAt: time });
        // What a repeated run took over unfinished goes on here.
        for (const [key, kind] of [...open]) begin(key, kind);
        break;
      case 'run.suspended':
        ofWorkflow('suspended', { suspendedAt: time });
        for (const key of open.keys()) ofTask('suspended', key, { suspendedAt: time });
        break;
      case 'run.resumed':
        ofWorkflow('resumed', { resumedAt: time });
        for (const key of open.keys()) ofTask('resumed', key, { resumedAt: time });
        for (const key of event.retrying) {
          open.set(key, 'do');
          ofTask('retried', key, { retriedAt: time });
        }
        break;
      case 'run.cancelled':
        cancelWithin('');
        ofWorkflow('cancelled', { cancelledAt: time });
        break;
      case 'run.faulted':
        // What ran beside the failure stands still, and goes on when the run is resumed.
        for (const key of open.keys()) ofTask('suspended', key, { suspendedAt: time });
        ofWorkflow('faulted', { faultedAt: time, error: jsonOf(event.error) });
        break;
      case 'run.completed':
        // `then: end` completes the tasks around the one that said it.
        for (const key of innermostFirst(open.keys())) {
          if (ended === undefined || !isWithin(ended, key)) continue;
          open.delete(key);
          ofTask('completed', key, { completedAt: time });
        }
        cancelWithin('');
        ofWorkflow('completed', { completedAt: time, outputUri });
        break;
      case 'task.started':
        if (!open.has(event.key)) begin(event.key, event.kind);
        break;
      case 'task.completed':
        if (!open.has(event.key)) begin(event.key, event.kind);
        cancelWithin(event.key);
        open.delete(event.key);
        if (event.kind === 'listen') ofWorkflow('correlation-completed', { completedAt: time });
        if (event.then === 'end') ended = event.key;
        ofTask('completed', event.key, { completedAt: time, outputUri });
        break;
      case 'task.faulted':
        if (!open.has(event.key)) begin(event.key, event.kind);
        cancelWithin(event.key);
        open.delete(event.key);
        ofTask('faulted', event.key, { faultedAt: time, error: jsonOf(event.error) });
        break;
      case 'task.retried':
        ofTask('retried', event.key, { retriedAt: time });
        break;
      case 'task.cancelled':
        cancelWithin(event.key);
        open.delete(event.key);
        ofTask('cancelled', event.key, { cancelledAt: time });
        break;
      case 'run.compensating':
      case 'task.consumed':
      case 'task.iterated':
      case 'task.skipped':
      case 'signal.received':
      case 'case.moved':
        break;
    }
    return told;
  };

  return {
    next: (record) => {
      const told = say(record);
      // What was taken over from another run happened there.
      return record.event.copiedFrom === undefined ? told : [];
    },
  };
}

/** `{name}-{instance}.{namespace}`, as the specification names an instance. */
function qualifiedName(runId: string, workflow: WorkflowReference | undefined): string {
  return workflow === undefined ? runId : `${workflow.name}-${runId}.${workflow.namespace}`;
}

function innermostFirst(keys: Iterable<string>): readonly string[] {
  return [...keys].reverse();
}

function jsonOf(error: RunError): Json {
  return { ...error };
}
