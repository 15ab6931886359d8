import { z } from 'zod';
import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { addProcess } from './operations/add-process.js';
import { deleteProcess } from './operations/delete-process.js';
import { getProcessList } from './operations/get-process-list.js';
import { getProcess } from './operations/get-process.js';
import { listInstances } from './operations/list-instances.js';
import { readInstance } from './operations/read-instance.js';
import { start } from './operations/start.js';
import { stop } from './operations/stop.js';
import { updateProcess } from './operations/update-process.js';
import type { WorkflowRuns } from './ports.js';
import { processDefinitionSchema, seedWorkflow } from './seeds.js';
import { workflowRules } from './rules.js';
import { openWorkflowState, type WorkflowState } from './state.js';

export interface WorkflowOptions {
  /** The sandbox's own workflows; without them only registered processes run, simulated. */
  readonly runs?: WorkflowRuns | undefined;
}

/** The workflow building block (bb-workflow 1.0.0): a facade over the sandbox's own runs. */
export function createWorkflowBlock(deps: BlockDeps, { runs }: WorkflowOptions = {}): Block {
  return createContractBlock<WorkflowState>(
    {
      id: 'workflow',
      title: 'Workflow',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      rules: workflowRules,
      state: openWorkflowState,
      schemas: { processes: z.strictObject({ definition: processDefinitionSchema }) },
      seed: seedWorkflow,
      operations: {
        getProcessList: getProcessList(runs),
        addProcess,
        getProcess: getProcess(runs),
        updateProcess: updateProcess(runs),
        deleteProcess: deleteProcess(runs),
        start: start(runs),
        listInstances: listInstances(runs),
        readInstance: readInstance(runs),
        stop: stop(runs),
      },
    },
    deps,
  );
}
