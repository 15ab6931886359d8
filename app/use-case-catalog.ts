import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../contracts/json.js';
import { ownValue } from '../contracts/own-value.js';
import { SandboxError } from '../contracts/problems.js';
import type { CaseKind } from '../contracts/use-case.js';
import type { WorkflowDocument, WorkflowReference } from '../contracts/workflow.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import type { ScheduledWorkflow } from '../orchestrator/runtime/schedules/scheduled-workflow.js';

/** The loaded use cases by name, for the runtime, the tasks and the API. */
export interface UseCaseCatalog {
  /** As they are loaded now. */
  readonly useCases: readonly UseCase[];
  /** Puts a use case in the place of the one with its id, which is answered, or adds it: at once, for everybody. */
  replace(useCase: UseCase): UseCase | undefined;
  useCase(id: string): UseCase;
  caseKind(useCase: string, kind: string): CaseKind;
  workflow(useCase: string, reference: WorkflowReference): WorkflowDocument;
  latest(useCase: string, name: string): WorkflowReference;
  client(useCase: string): string;
  scheduled(): readonly ScheduledWorkflow[];
  blockOf(useCase: string, alias: string): string | undefined;
  readonly formViolations: (
    useCase: string,
    form: string,
    data: Json,
  ) => readonly { pointer: string; message: string }[];
}

export function createUseCaseCatalog(loaded: readonly UseCase[], schemas: Schemas): UseCaseCatalog {
  let useCases = loaded;
  const useCase = (id: string): UseCase => {
    const found = useCases.find(({ manifest }) => manifest.id === id);
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `There is no use case "${id}".` });
    return found;
  };
  return {
    get useCases() {
      return useCases;
    },
    replace: (fresh) => {
      const before = useCases.find(({ manifest }) => manifest.id === fresh.manifest.id);
      useCases =
        before === undefined ? [...useCases, fresh] : useCases.map((one) => (one === before ? fresh : one));
      return before;
    },
    useCase,
    caseKind: (id, kind) => {
      const found = ownValue(useCase(id).manifest.cases, kind);
      if (found === undefined)
        throw new SandboxError('GSB-REQ-002', {
          detail: `The use case ${id} has no cases of kind "${kind}".`,
        });
      return found;
    },
    workflow: (id, { namespace, name, version }) => {
      const found = useCase(id).workflows.find(
        ({ document }) =>
          document.namespace === namespace && document.name === name && document.version === version,
      );
      if (found === undefined) {
        throw new SandboxError('GSB-DEF-001', {
          detail: `There is no workflow ${namespace}/${name} in version ${version}.`,
        });
      }
      return found;
    },
    latest: (id, wanted) => {
      const versions = useCase(id).workflows.filter(({ document }) => document.name === wanted);
      const newest = versions
        .map(({ document }) => document)
        .sort((a, b) => compareVersions(b.version, a.version))[0];
      if (newest === undefined)
        throw new SandboxError('GSB-DEF-001', { detail: `The use case ${id} has no workflow "${wanted}".` });
      const { namespace, name, version } = newest;
      return { namespace, name, version };
    },
    client: (id) => useCase(id).manifest.client,
    scheduled: () => useCases.flatMap(scheduledIn),
    blockOf: (id, alias) => ownValue(useCase(id).manifest.services, alias)?.block,
    formViolations: (id, form, data) => {
      const schema = ownValue(useCase(id).forms, form);
      if (schema === undefined)
        throw new SandboxError('GSB-DEF-003', { detail: `The use case ${id} has no form "${form}".` });
      return schemas.violations(schema, data);
    },
  };
}

/** The newest version of a workflow decides whether and when it starts by itself. */
function scheduledIn({ manifest, workflows }: UseCase): readonly ScheduledWorkflow[] {
  const kinds = new Map(
    Object.entries(manifest.cases)
      .reverse()
      .map(([kind, { workflow }]) => [workflow, kind] as const),
  );
  return [...kinds].flatMap(([workflow, kind]) => {
    const [newest] = workflows
      .filter(({ document }) => document.name === workflow)
      .sort((a, b) => compareVersions(b.document.version, a.document.version));
    if (newest?.schedule === undefined) return [];
    const { document, schedule } = newest;
    return [{ useCase: manifest.id, kind, workflow, version: document.version, schedule }];
  });
}

export function compareVersions(one: string, other: string): number {
  const parts = (version: string): number[] => version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];
  const [a, b] = [parts(one), parts(other)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** JSON Schema 2020-12 with formats, compiled once per schema. */
export interface Schemas {
  violations(schema: JsonObject, value: Json): readonly { pointer: string; message: string }[];
  /** The first violation as a sentence. */
  readonly violation: (schema: JsonObject, value: Json) => string | undefined;
}

export function createSchemas(): Schemas {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const compiled = new WeakMap<JsonObject, ValidateFunction>();
  const violations: Schemas['violations'] = (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => ({
      pointer: missingAt(instancePath, params),
      message: message ?? 'is not valid',
    }));
  };
  return {
    violations,
    violation: (schema, value) => {
      const [first] = violations(schema, value);
      return first === undefined
        ? undefined
        : `${first.pointer === '' ? 'it' : first.pointer} ${first.message}`;
    },
  };
}

/** A missing member is reported at the place where it should stand. */
function missingAt(path: string, params: Record<string, unknown>): string {
  const missing = params['missingProperty'];
  return typeof missing === 'string' ? `${path}/${missing}` : path;
}
