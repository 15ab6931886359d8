import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import type { SeedContext } from '../kit/block-definition.js';
import type { InstanceDoc, ProcessDoc, WorkflowState } from './state.js';

/** Seeds: `processes` (registered beside those of the use cases) and `instances` of them. */
export const processDefinitionSchema = z.object({
  name: z.string().min(1),
  type: z.enum(['None', 'Private', 'Public']),
  version: z.string(),
  isExecutable: z.boolean().exactOptional(),
  isClosed: z.boolean().exactOptional(),
  description: z.string().exactOptional(),
  processBody: z
    .array(z.object({ code: z.string().exactOptional(), value: z.string().exactOptional() }))
    .exactOptional(),
});
const processSeed = processDefinitionSchema.extend({ id: z.string().min(1) });
const instanceSeed = z.strictObject({
  id: z.int().positive(),
  process: z.string().min(1),
  startedBy: z.string().default('seed'),
});

export async function seedWorkflow(
  { state, now }: SeedContext<WorkflowState>,
  seeds: BlockSeeds,
): Promise<void> {
  const processes = z.array(processSeed).parse(seeds.processes ?? []);
  const instances = z.array(instanceSeed).parse(seeds.instances ?? []);
  await state.processes.putMany(
    processes.map(({ id, ...definition }): ProcessDoc => ({ _id: id, definition })),
  );
  await state.instances.putMany(
    instances.map(({ id, process, startedBy }): InstanceDoc => ({
      _id: String(id),
      processRef: process,
      startedBy,
      values: {},
      initTime: now.toISOString(),
    })),
  );
}
