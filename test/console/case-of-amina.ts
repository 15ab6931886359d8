import type { CaseFile, CaseFileTask } from '../../contracts/case-file.js';
import type { BlockId } from '../../contracts/block.js';
import type { Exchange } from '../../contracts/exchange.js';
import type { RunEvent, TaskNames } from '../../contracts/run-event.js';
import type { StoryLog } from '../../console/src/model/story.js';

/** A small case: opened by a citizen, two calls, one question and its answer, paid by a run of another case. */
const at = (second: number): { time: string; at: string } => {
  const instant = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  return { time: instant, at: instant };
};

const names = (key: string, narration?: string, target?: string): TaskNames => ({
  key,
  name: key.split('/').at(-1) ?? '',
  kind: 'call',
  step: 'registration',
  ...(narration === undefined ? {} : { narration }),
  ...(target === undefined ? {} : { target }),
});

export const exchange = (
  id: string,
  second: number,
  run: string,
  taskKey: string,
  block: BlockId,
  more: Partial<Exchange> = {},
): Exchange => ({
  type: 'exchange',
  id,
  ...at(second),
  client: 'S/G/M/U',
  service: `S/G/${block.toUpperCase()}/A/service`,
  block,
  deliveredTo: 'mock',
  operationId: 'read',
  method: 'POST',
  path: '/read',
  status: 200,
  milliseconds: 10,
  outcome: 'answered',
  requestHash: 'aa',
  responseHash: 'bb',
  origin: { runId: run, caseId: run === 'run-1' ? 'case-1' : 'case-2', taskKey },
  ...more,
});

const human = names('/do/2/ask', 'application.ask', 'humanTask:1.0.0@default');
const pay = { ...names('/do/0/mark', 'cycle.mark'), step: 'payment' };
export const events: readonly { run: string; seq: number; event: RunEvent }[] = [
  {
    run: 'run-1',
    seq: 1,
    event: {
      type: 'run.created',
      workflow: { namespace: 'usct', name: 'application', version: '1.0.0' },
      useCase: 'usct',
      caseId: 'case-1',
      ...at(1),
    },
  },
  {
    run: 'run-1',
    seq: 2,
    event: { type: 'task.started', ...names('/do/0/file', 'application.file'), ...at(2) },
  },
  {
    run: 'run-1',
    seq: 3,
    event: { type: 'task.completed', ...names('/do/0/file', 'application.file'), ...at(4) },
  },
  {
    run: 'run-1',
    seq: 4,
    event: { type: 'task.completed', ...names('/do/1/note', 'application.note'), ...at(5) },
  },
  { run: 'run-1', seq: 5, event: { type: 'case.moved', key: '/do/1/note', state: 'submitted', ...at(5) } },
  { run: 'run-1', seq: 6, event: { type: 'task.started', ...human, ...at(6) } },
  { run: 'run-1', seq: 7, event: { type: 'task.completed', ...human, ...at(9) } },
  { run: 'run-2', seq: 1, event: { type: 'task.started', ...pay, ...at(20) } },
  {
    run: 'run-2',
    seq: 2,
    event: {
      type: 'case.moved',
      key: '/do/0/mark/for#0/do/0/move',
      case: 'case-1',
      state: 'paid',
      ...at(21),
    },
  },
  { run: 'run-2', seq: 3, event: { type: 'task.completed', ...pay, ...at(22) } },
];

export const exchanges: readonly Exchange[] = [
  exchange('e1', 3, 'run-1', '/do/0/file/try/0/call', 'registration'),
  exchange('e2', 10, 'run-1', '/do/3/sms', 'messaging', { operationId: 'sendSingleSms' }),
];

const task: CaseFileTask = {
  id: 'task-1',
  caseId: 'case-1',
  runId: 'run-1',
  key: '/do/2/ask',
  name: 'ask',
  role: 'citizen',
  form: 'consent',
  state: 'completed',
  createdAt: at(6).time,
  completedAt: at(9).time,
};

export const storyLog = (more: Partial<StoryLog> = {}): StoryLog => ({
  caseId: 'case-1',
  cases: [
    {
      case: { id: 'case-1', kind: 'application', number: 'A-1', person: 'person-1', runs: ['run-1'] },
      runs: [{ id: 'run-1' }],
    },
    { case: { id: 'case-2', kind: 'cycle', number: 'P-1', runs: ['run-2'] }, runs: [{ id: 'run-2' }] },
  ] as unknown as CaseFile['cases'],
  records: events,
  exchanges,
  tasks: [task],
  useCase: {
    manifest: {
      cases: { application: { startedBy: ['enrollment-officer', 'citizen'] }, cycle: { startedBy: [] } },
      services: {},
    },
    locales: {},
  } as unknown as CaseFile['useCase'],
  ...more,
});
