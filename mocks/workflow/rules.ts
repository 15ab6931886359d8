import { ruleOf, type RuleCatalogue } from '../kit/rules.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const workflowRules: RuleCatalogue = {
  created: ruleOf(201, 'The process is registered; its instances are simulated', ['addProcess']),
  deleted: ruleOf(200, 'The process is gone; instances that run go on', ['deleteProcess']),
  found: ruleOf(200, 'It is there', ['getProcess', 'readInstance']),
  listed: ruleOf(200, 'What there is, perhaps nothing', ['getProcessList', 'listInstances']),
  'refused:GSB-REQ-001': ruleOf(
    400,
    'The request fits its schema and still cannot be: the detail names the field and why',
    ['start', 'updateProcess'],
  ),
  'refused:GSB-REQ-002': ruleOf(
    404,
    'What the request names is not there; the detail names what is nearest, where anybody may know that',
    ['getProcess', 'readInstance', 'start', 'stop', 'updateProcess'],
  ),
  'refused:GSB-REQ-003': ruleOf(409, 'The process is kept in files of a use case, or nobody may start it', [
    'deleteProcess',
    'start',
    'updateProcess',
  ]),
  repeated: [
    ruleOf(200, 'There is no such process, perhaps any more; deleting succeeds all the same', [
      'deleteProcess',
    ]),
    ruleOf(201, 'The instance has ended before; it stays as it is', ['stop']),
  ],
  started: ruleOf(201, 'A workflow of a use case runs', ['start']),
  'started:simulated': ruleOf(201, 'An instance of a registered process is there; nothing runs', ['start']),
  stopped: ruleOf(201, 'The instance runs no more', ['stop']),
  updated: ruleOf(204, 'The members that were given replace those that were there', ['updateProcess']),
};
