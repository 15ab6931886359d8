import {
  accepts,
  after,
  answers,
  bodies,
  defectOf,
  forgets,
  json,
  oneTenantForAll,
  requests,
  withoutQuery,
  type Defect,
} from './defect.js';

const workflow = defectOf('workflow');
const execution = { id: '1', processRef: 'x', suspended: false, ended: false, state: 'running' };

export const workflowDefects: readonly Defect[] = [
  workflow(
    'a process that is removed can still be read',
    'scenario/process-life',
    forgets('DELETE /processes/*', { status: 200, headers: {} }),
  ),
  workflow(
    'a registered process is not listed',
    'scenario/process-life',
    answers('GET /processes', (answer) => json(answer.status, [])),
  ),
  workflow(
    'a change drops what it does not name',
    'scenario/process-life',
    after(
      'PUT /processes/*',
      bodies('GET /processes/*', 'processBody', () => undefined),
    ),
  ),
  workflow(
    'a change is lost',
    'scenario/process-life',
    forgets('PUT /processes/*', { status: 204, headers: {} }),
  ),
  workflow(
    'a process is known by a name that it was not given',
    'scenario/process-life',
    bodies('GET /processes/*', 'name', () => 'Process'),
  ),
  workflow(
    'instances of every process are listed',
    'scenario/by-process',
    withoutQuery('GET /instances', 'processId'),
  ),
  workflow(
    'what was started is not listed',
    'scenario/instance-life',
    answers('GET /instances', (answer) => json(answer.status, [])),
  ),
  workflow(
    'stopping does nothing',
    'scenario/instance-life',
    forgets('POST /instances/*/stop', json(201, execution)),
  ),
  workflow(
    'a stopped instance runs on',
    'scenario/instance-life',
    after(
      'POST /instances/*/stop',
      bodies('GET /instances/*', 'state', () => 'running'),
    ),
  ),
  workflow(
    'stopping one instance stops all',
    'scenario/instance-life',
    after(
      'POST /instances/*/stop',
      bodies('GET /instances/*', 'state', () => 'stopped'),
    ),
  ),
  workflow(
    'an instance forgets its process',
    'scenario/instance-life',
    bodies('GET /instances/*', 'processRef', () => 'another'),
  ),
  workflow(
    'every start is one instance',
    'scenario/instance-life',
    answers('POST /processes/*/start', (answer) =>
      answer.status === 201 ? json(201, { ...(answer.body as object), id: '1' }) : answer,
    ),
  ),
  workflow(
    'an unknown process is started',
    'scenario/unknown',
    accepts('POST /processes/*/start', execution, 201),
  ),
  workflow(
    'an unknown instance is stopped',
    'scenario/unknown',
    accepts('POST /instances/*/stop', execution, 201),
  ),
  workflow(
    'a process that nobody may execute is started',
    'scenario/not-executable',
    requests('POST /processes', (request) => ({
      ...request,
      body: { ...(request.body as object), isExecutable: true },
    })),
  ),
  workflow(
    'the number of an instance is a text',
    'readInstance/answer',
    bodies('GET /instances/*', 'id', String),
  ),
  workflow(
    'an instance is in a state of its own',
    'readInstance/answer',
    bodies('GET /instances/*', 'state', () => 'active'),
  ),
  workflow(
    'a definition without a name is taken',
    'addProcess/missing',
    accepts(
      'POST /processes',
      {
        id: 'x',
        name: 'x',
        type: 'None',
        version: '1',
        processDefinition: { name: 'x', type: 'None', version: '1' },
      },
      201,
    ),
  ),
  workflow('one tenant sees the processes of another', 'scenario/tenants', oneTenantForAll),
];
