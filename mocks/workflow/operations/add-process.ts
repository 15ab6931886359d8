import { createHash } from 'node:crypto';
import { processDefinitionSchema } from '../seeds.js';
import type { ProcessDoc, WorkflowOperation } from '../state.js';
import { registeredView } from '../views.js';

/** bb-workflow, addProcess. Registered processes are simulated: their instances run until somebody stops them. */
export const addProcess: WorkflowOperation = ({ body, key }) => {
  const definition = processDefinitionSchema.parse(body);
  const { name, version } = definition;
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 12);
  const doc: ProcessDoc = {
    _id: `${name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60)}:${version.slice(0, 20)}:${mark}`,
    definition,
  };
  return Promise.resolve({
    status: 201,
    rule: 'created',
    body: registeredView(doc),
    effects: [{ kind: 'put', collection: 'processes', doc }],
  });
};
