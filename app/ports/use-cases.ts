import { isJsonObject, type Json } from '../../contracts/json.js';
import { ownValue } from '../../contracts/own-value.js';
import { SandboxError } from '../../contracts/problems.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import type { UseCase } from '../../orchestrator/definition/load-use-case.js';
import { reuseOf } from '../../orchestrator/definition/reuse.js';
import type { ApiPorts, UseCaseView } from '../../orchestrator/http/api-ports.js';
import type { Countries } from '../countries.js';
import { callsIn } from '../operation-uses.js';
import { readPublishedUseCases } from '../published-use-cases.js';
import { compareVersions } from '../use-case-catalog.js';

/** What there is to run, and what has been published besides. */
export function createUseCasePorts(
  countries: Pick<Countries, 'useCases' | 'useCase'>,
): Pick<ApiPorts, 'useCases' | 'publishedUseCases' | 'workflowDocument'> {
  return {
    // Asked anew each time: a use case may be loaded again while the sandbox runs.
    useCases: async (workspace) => (await countries.useCases(workspace)).map(viewOf),
    publishedUseCases: readPublishedUseCases,
    workflowDocument: async (workspace, useCase, name) => {
      const { workflows } = await countries.useCase(workspace, useCase);
      const [newest] = workflows
        .filter(({ document }) => document.name === name)
        .sort((a, b) => compareVersions(b.document.version, a.document.version));
      if (newest === undefined)
        throw new SandboxError('GSB-REQ-002', { detail: `The use case ${useCase} has no workflow ${name}.` });
      return newest;
    },
  };
}

function viewOf({ manifest, forms, locales, workflows, scenarios, presentation }: UseCase): UseCaseView {
  return {
    manifest,
    forms,
    locales,
    reuse: reuseOf(workflows),
    workflows: workflows.map((workflow) => {
      const { name, version, title } = workflow.document;
      return { name, version, title, calls: callsOf(manifest, workflow) };
    }),
    scenarios: Object.entries(scenarios).map(([name, scenario]) => ({
      name,
      title: isJsonObject(scenario) && typeof scenario['title'] === 'string' ? scenario['title'] : name,
      steps: isJsonObject(scenario) && Array.isArray(scenario['steps']) ? scenario['steps'].length : 0,
    })),
    ...(presentation === undefined ? {} : { presentation }),
  };
}

/** Each operation of a block that a workflow calls, once for each step in which it does. */
function callsOf(
  { services }: UseCaseManifest,
  workflow: WorkflowDocument,
): UseCaseView['workflows'][number]['calls'] {
  const calls = callsIn(workflow as unknown as Json).flatMap(({ alias, operationId, step }) => {
    const service = ownValue(services, alias);
    if (service === undefined) return [];
    return [{ block: service.block, operationId, ...(step === undefined ? {} : { step }) }];
  });
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}
