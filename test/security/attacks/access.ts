import type { Attack } from '../attack.js';

const json = { 'content-type': 'application/json' };
const others = 'a citizen sees their own cases only, and learns nothing of others';
const citizen = (id: string, path: string, what: string, more: Partial<Attack> = {}): Attack => ({
  id: `idor-${id}`,
  what,
  why: others,
  as: 'amina',
  path,
  status: [404],
  never: ['person-tomas'],
  ...more,
});
const role = (
  id: string,
  method: string,
  path: string,
  what: string,
  more: Partial<Attack> = {},
): Attack => ({
  id: `role-${id}`,
  what,
  why: 'the permission matrix denies by default',
  as: 'amina',
  method,
  path,
  headers: json,
  ...(method === 'GET' ? {} : { body: {} }),
  status: [403],
  says: 'GSB-AUT-002',
  ...more,
});
const ssrf = (id: string, baseUrl: string, what: string): Attack => ({
  id: `ssrf-${id}`,
  what: `a system at ${what}`,
  why: 'the sandbox calls out only where its operator allows it',
  as: 'trainer-yuki',
  method: 'POST',
  path: '/api/v1/blocks/payments/binding/check',
  headers: json,
  body: { kind: 'real', baseUrl, document: `${baseUrl}/openapi.json` },
  status: [400, 403, 409, 422],
});

/** Other people's things, other workspaces, other roles, and addresses that the sandbox should call for somebody. */
export const accessAttacks: readonly Attack[] = [
  citizen('case', '/api/v1/cases/{tomasCase}', 'somebody else’s case'),
  citizen('cases-of', '/api/v1/cases?person=person-tomas', 'a list of somebody else', {
    status: [200],
    never: ['{tomasCase}'],
  }),
  citizen('runs', '/api/v1/runs?case={tomasCase}', 'runs of somebody else’s case', {
    status: [200, 404],
    never: ['{tomasRun}'],
  }),
  citizen('run', '/api/v1/runs/{tomasRun}', 'somebody else’s run'),
  citizen('events', '/api/v1/runs/{tomasRun}/events?payload=true', 'what happened in it'),
  citizen('cloudevents', '/api/v1/runs/{tomasRun}/cloudevents', 'its life as CloudEvents'),
  citizen('exchanges', '/api/v1/runs/{tomasRun}/exchanges', 'what blocks said about somebody'),
  citizen('copy', '/api/v1/runs/{tomasRun}/exchanges/1/copy?as=curl', 'a request to copy', {
    status: [403, 404],
  }),
  citizen('task', '/api/v1/tasks/{tomasTask}', 'somebody else’s task'),
  citizen('tasks', '/api/v1/tasks?case={tomasCase}', 'tasks of somebody else’s case', {
    status: [200, 404],
    never: ['{tomasTask}'],
  }),
  citizen('claim', '/api/v1/tasks/{tomasTask}/claim', 'taking somebody else’s task', {
    method: 'POST',
    status: [403, 404],
  }),
  citizen('complete', '/api/v1/tasks/{tomasTask}/complete', 'deciding for somebody else', {
    method: 'POST',
    headers: json,
    body: { data: { decision: 'granted' } },
    status: [403, 404],
  }),
  citizen('publish', '/api/v1/cases/{tomasCase}/events', 'speaking in somebody else’s case', {
    method: 'POST',
    headers: json,
    body: { type: 'org.govstack.case.note', data: {} },
  }),
  citizen('accesses', '/api/v1/me/accesses?person=person-tomas', 'who read about somebody else', {
    status: [200, 400, 403],
  }),
  citizen('consents', '/api/v1/me/consents?person=person-tomas', 'what somebody else consented to', {
    status: [400, 403],
  }),
  citizen('other-tree', '/w/{room}/api/v1/cases/{tomasCase}', 'a case through another workspace', {
    as: 'trainer-yuki',
  }),
  citizen('other-tree-task', '/w/{room}/api/v1/tasks/{tomasTask}', 'a task through another workspace', {
    as: 'trainer-yuki',
  }),
  citizen('other-tree-run', '/w/{room}/api/v1/runs/{tomasRun}/events', 'a run through another workspace', {
    as: 'trainer-yuki',
  }),
  citizen('workspace-guess', '/w/bbbbbbbbbbbbbbbbbbbb/api/v1/cases', 'an invented workspace', {
    as: 'trainer-yuki',
  }),
  citizen('workspace-prefix', '/w/{roomPrefix}/api/v1/cases', 'a part of a workspace’s id', {
    as: 'trainer-yuki',
  }),
  role('workspaces', 'GET', '/api/v1/workspaces', 'a citizen lists workspaces'),
  role('workspace', 'GET', '/api/v1/workspaces/{room}', 'a citizen reads a join code'),
  role('clock', 'POST', '/api/v1/clock', 'a citizen moves time'),
  role('reset', 'POST', '/api/v1/reset', 'a citizen empties everything'),
  role('messages', 'GET', '/api/v1/messages', 'a citizen reads all messages'),
  role('ledger', 'GET', '/api/v1/ledger', 'a citizen reads all payments'),
  role('message-log', 'GET', '/api/v1/message-log', 'a citizen reads the log'),
  role('state', 'GET', '/api/v1/blocks/consent/state', 'a citizen reads what a block keeps'),
  role('journal', 'GET', '/api/v1/blocks/payments/journal', 'a citizen reads requests'),
  role('secrets', 'GET', '/api/v1/secrets', 'a trainer looks for keys', { as: 'trainer-yuki' }),
  role('callback-keys', 'GET', '/api/v1/callback-keys', 'an officer looks for keys', {
    as: 'case-officer-lin',
  }),
  role('rights', 'POST', '/api/v1/access-rights', 'an officer grants rights', { as: 'case-officer-lin' }),
  role('faults', 'POST', '/api/v1/blocks/payments/faults', 'an officer breaks a block', {
    as: 'payments-maker-ines',
  }),
  role('mock', 'POST', '/blocks/payments/bulk-payment', 'an officer pays past the mediator', {
    as: 'payments-maker-ines',
  }),
  role('mock-nobody', 'POST', '/blocks/payments/bulk-payment', 'nobody pays past the mediator', {
    as: undefined as never,
    status: [401],
    says: 'GSB-AUT-001',
  }),
  role('internal', 'POST', '/internal/calls', 'a worker that is none', {
    status: [401],
    says: 'GSB-AUT-001',
    headers: { ...json, 'x-sandbox-worker-key': 'guessed' },
  }),
  role(
    'callback',
    'POST',
    '/cb/{tomasRun}/AAAAAAAAAAAAAAAA/batch-status',
    'a callback with a guessed token',
    { as: undefined as never, status: [400, 401, 403, 404, 410], says: '' },
  ),
  role('join', 'POST', '/api/v1/workspaces/join', 'a guessed join code', {
    as: undefined as never,
    body: { code: 'aaaa-aaaa' },
    status: [400, 404],
    says: '',
  }),
  role('member', 'GET', '/r1/SANDBOX/GOV/MOF/PAYMENTS/payments/x', 'a member that proves nothing', {
    as: undefined as never,
    headers: { 'x-govstack-client': 'SANDBOX/GOV/MOSA/USCT' },
    status: [401],
    says: '',
  }),
  role('member-key', 'GET', '/r1/SANDBOX/GOV/MOF/PAYMENTS/payments/x', 'a guessed member key', {
    as: undefined as never,
    headers: { 'x-govstack-client': 'SANDBOX/GOV/MOSA/USCT', 'x-sandbox-member-key': 'guessed' },
    status: [401],
    says: '',
  }),
  role('member-cookie', 'GET', '/r1/SANDBOX/GOV/MOF/PAYMENTS/payments/x', 'a browser as a member', {
    as: 'browser',
    headers: { 'x-govstack-client': 'SANDBOX/GOV/MOSA/USCT' },
    status: [401],
    says: '',
  }),
  ssrf('metadata', 'http://169.254.169.254', 'the metadata address'),
  ssrf('loopback', 'http://127.0.0.1:{port}', 'this machine'),
  ssrf('localhost', 'http://localhost:{port}', 'this machine by name'),
  ssrf('decimal', 'http://2130706433', 'this machine in decimal'),
  ssrf('octal', 'http://0177.0.0.1', 'this machine in octal'),
  ssrf('short', 'http://127.1', 'this machine in short'),
  ssrf('mapped', 'http://[::ffff:169.254.169.254]', 'the metadata address in IPv6'),
  ssrf('nat64', 'http://[64:ff9b::a9fe:a9fe]', 'the metadata address through NAT64'),
  ssrf('private', 'http://10.0.0.1', 'the network around'),
  ssrf('link-local', 'http://[fe80::1]', 'a neighbour'),
  ssrf('user', 'http://user:secret@public.example', 'an address with a password'),
  ssrf('file', 'file:///etc/passwd', 'a file'),
  ssrf('gopher', 'gopher://127.0.0.1:6379/_FLUSHALL', 'a Redis by gopher'),
];
