import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import { findProcess } from '../find-process.js';
import type { WorkflowRuns } from '../ports.js';
import {
  standing,
  type InstanceDoc,
  type ProcessDoc,
  type Property,
  type WorkflowOperation,
} from '../state.js';
import { executionView } from '../views.js';

/** Property of a registered process: its instances end by themselves after so many seconds of the workspace clock. */
const COMPLETES_AFTER = 'completesAfterSeconds';

/**
 * bb-workflow, start. A process of a use case becomes a run, with `InstanceValues` as its input; a registered one is
 * simulated. The official document asks for `processStartedBy`, its own test suite leaves it out: so may callers here.
 */
export function start(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async (context) => {
    const found = await findProcess(context, runs);
    const given = isJsonObject(context.body) ? context.body : {};
    const startedBy = typeof given.processStartedBy === 'string' ? given.processStartedBy : '';
    const values = valuesOf(given.InstanceValues);
    if (found.kind === 'own') {
      const { process } = found;
      if (!process.isExecutable)
        throw new SandboxError('GSB-REQ-003', {
          detail: `The process ${process.id} is begun by other runs only.`,
        });
      const request = { process: process.id, startedBy, values, key: context.key };
      const instance = await found.runs.start(context.workspace, request);
      return { status: 201, rule: 'started', body: executionView(instance) };
    }
    if (found.doc.definition.isExecutable === false)
      throw new SandboxError('GSB-REQ-003', { detail: `The process ${found.doc._id} is not executable.` });
    const { now } = context;
    const doc: InstanceDoc = {
      _id: numberOf(context.key),
      processRef: found.doc._id,
      startedBy,
      values,
      initTime: now.toISOString(),
      ...endOf(found.doc, now),
    };
    return {
      status: 201,
      rule: 'started:simulated',
      body: executionView(standing(doc, now)),
      effects: [{ kind: 'put', collection: 'instances', doc }],
    };
  };
}

/** Values are texts in the contract; a text that is JSON means what it says. */
function valuesOf(properties: Json | undefined): JsonObject {
  const entries = (properties ?? []) as readonly Property[];
  return Object.fromEntries(
    entries.flatMap(({ code, value }) => (code === undefined ? [] : [[code, meaningOf(value)]])),
  );
}

function meaningOf(text: string | undefined): Json {
  if (text === undefined) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function endOf({ definition }: ProcessDoc, now: Date): Pick<InstanceDoc, 'completesAt'> {
  const text = definition.processBody?.find(({ code }) => code === COMPLETES_AFTER)?.value;
  const seconds = Number(text);
  if (text === undefined || !Number.isFinite(seconds)) return {};
  const end = now.getTime() + seconds * 1000;
  return Number.isFinite(new Date(end).getTime()) ? { completesAt: new Date(end).toISOString() } : {};
}

/** A number of up to 13 digits: an integer in every language. The same request under its key gets the same. */
function numberOf(key: string): string {
  const digits = createHash('sha256').update(`instance ${key}`).digest('hex').slice(0, 10);
  return String(1_000_000_000_000 + Number.parseInt(digits, 16));
}
