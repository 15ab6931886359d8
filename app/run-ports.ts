import type { Ids, WorkspaceId } from '../contracts/ids.js';
import { SandboxError } from '../contracts/problems.js';
import type { RunStatus } from '../contracts/run-event.js';
import type { ApiPorts } from '../orchestrator/http/api-ports.js';
import { createRunOperations } from '../orchestrator/runtime/run-operations.js';
import { runDocumentId } from '../orchestrator/runtime/run-store.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { LifecycleViews } from '../orchestrator/runtime/lifecycle/lifecycle-views.js';
import type { Countries } from './countries.js';
import type { UseCaseCatalog } from './use-case-catalog.js';

type RunPorts = Pick<
  ApiPorts['runs'],
  'list' | 'ofCase' | 'signal' | 'retry' | 'rerun' | 'start' | 'cloudEvents'
>;

const unfinished: readonly RunStatus[] = ['pending', 'running', 'waiting', 'suspended'];

/** Finding runs, and what people do to them. */
export function createRunPorts(deps: {
  runtime: Runtime;
  catalog: UseCaseCatalog;
  ids: Ids;
  lifecycle: LifecycleViews;
  openCase: ApiPorts['cases']['open'];
}): RunPorts {
  const { runtime, catalog } = deps;
  const operations = createRunOperations({ ...runtime, ids: deps.ids });
  return {
    list: async (workspace, query) => {
      const { found, next } = await runtime.search.runs(workspace, query);
      return { runs: found, ...(next === undefined ? {} : { next }) };
    },
    ofCase: async (workspace, caseId) => {
      const found = await runtime.store.runs.find({ idPrefix: `${workspace}/`, filter: { caseId } });
      return found.map(({ doc }) => doc);
    },
    signal: (workspace, id, kind, by) => operations.signal(workspace, id, kind, by.username),
    retry: (workspace, id, from, by) => operations.retry(workspace, id, by.username, from),
    rerun: async (workspace, run, { from, input, workflowVersion }) => {
      const id = await runtime.runAgain({
        workspace,
        run,
        from,
        ...(input === undefined ? {} : { input }),
        ...(workflowVersion === undefined ? {} : { workflowVersion }),
      });
      const started = await runtime.store.runs.get(runDocumentId(workspace, id));
      if (started === undefined) throw new Error(`The run ${id} was started and is not there`);
      return started.doc;
    },
    start: async ({ workspace, useCase, workflow, version, input, actor, key }) => {
      const latest = catalog.latest(useCase, workflow);
      const kinds = Object.entries(catalog.useCase(useCase).manifest.cases);
      const kind = kinds.find(([, of]) => of.workflow === workflow)?.[0];
      if (kind === undefined) {
        const known = kinds.map(([, of]) => of.workflow).join(', ');
        throw new SandboxError('GSB-REQ-003', {
          detail: `No kind of case begins with the workflow ${workflow}. Name one under \`cases\` in use-case.yaml, or start one of: ${known}.`,
        });
      }
      const reference = { ...latest, version: version ?? latest.version };
      const digest = await runtime.definitions.newest(workspace, useCase, reference);
      return deps.openCase({
        workspace,
        useCase,
        kind,
        input,
        actor,
        key,
        document: { ...reference, digest },
      });
    },
    cloudEvents: (workspace, id) => deps.lifecycle.of(workspace, id),
  };
}

/** What is known of a workflow: each version with the contents it ever had, and how many runs are on each. */
export function createWorkflowVersions(
  runtime: Runtime,
  countries: Pick<Countries, 'useCases'>,
): ApiPorts['workflowVersions'] {
  return async (workspace: WorkspaceId, useCase, name) => {
    const revisions = await runtime.definitions.revisions(useCase, name);
    const loaded = new Map(
      (await countries.useCases(workspace))
        .filter(({ manifest }) => manifest.id === useCase)
        .flatMap(({ workflows }) => workflows)
        .filter(({ document }) => document.name === name)
        .map((document) => [runtime.definitions.digestOf(document), document.document.title]),
    );
    if (revisions.length === 0)
      throw new SandboxError('GSB-REQ-002', { detail: `The use case ${useCase} has no workflow ${name}.` });
    const counted = await Promise.all(
      revisions.map(async ({ version, digest, storedAt }) => {
        const idPrefix = `${workspace}/`;
        const [runs, running] = await Promise.all([
          runtime.store.runs.count({ idPrefix, filter: { digest } }),
          runtime.store.runs.count({ idPrefix, filter: { digest, status: unfinished } }),
        ]);
        return { version, digest, storedAt, loaded: loaded.has(digest), runs, running };
      }),
    );
    const title = [...loaded.values()].find((one) => one !== undefined);
    const versions = [...new Set(counted.map(({ version }) => version))].map((version) => ({
      version,
      revisions: counted
        .filter((revision) => revision.version === version)
        .map(({ version: _same, ...revision }) => revision),
    }));
    return { useCase, name, ...(title === undefined ? {} : { title }), versions };
  };
}
