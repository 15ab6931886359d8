import type { Role } from '../../contracts/identity.js';

/**
 * Who may do what: each route of the API with the roles that may use it, and why. Deny by default: a route that
 * is not here is refused, and a test walks all routes. `anybody` needs no session, `signed-in` any.
 */
export type Audience = 'anybody' | 'signed-in' | readonly Role[];

export interface Permission {
  readonly audience: Audience;
  readonly reason: string;
}

const officers: readonly Role[] = [
  'case-officer',
  'enrollment-officer',
  'payments-maker',
  'payments-checker',
  'trainer',
  'developer',
  'administrator',
];
const builders: readonly Role[] = ['developer', 'administrator'];
const trainers: readonly Role[] = ['trainer', 'administrator'];
const runners: readonly Role[] = ['trainer', 'developer', 'administrator'];

export const permissions = {
  'GET /use-cases': { audience: 'anybody', reason: 'what the sandbox shows is public' },
  'GET /use-cases/published': {
    audience: 'anybody',
    reason: 'the catalogue shows what has been published, also what does not run here yet',
  },
  'GET /use-cases/:id': { audience: 'anybody', reason: 'forms and texts are public' },
  'GET /use-cases/:id/workflows/:name': {
    audience: 'anybody',
    reason: 'which versions there are, and how many runs are on each, is public',
  },
  'GET /use-cases/:id/workflows/:name/document': {
    audience: 'anybody',
    reason: 'how a service works is no secret: the catalogue draws it',
  },
  'POST /use-cases/:id/scenarios/:name/play': {
    audience: trainers,
    reason: 'personas act by themselves: for presentations and lessons',
  },
  'GET /countries': {
    audience: 'anybody',
    reason: 'pages take their colours from the country, also before sign-in',
  },
  'GET /personas': { audience: 'anybody', reason: 'the persona picker shows them before sign-in' },
  'GET /cases': { audience: 'signed-in', reason: 'citizens get their own cases only' },
  'POST /cases': { audience: 'signed-in', reason: 'each kind of case names who may open it' },
  'GET /cases/:id': { audience: 'signed-in', reason: 'citizens get their own cases only' },
  'GET /cases/:id/export': {
    audience: 'signed-in',
    reason: 'citizens get their own cases only; what was said in calls is for those who operate the sandbox',
  },
  'POST /cases/:id/events': {
    audience: 'signed-in',
    reason: 'citizens speak in their own cases, officers in all',
  },
  'POST /events': {
    audience: runners,
    reason: 'an event for all may move any case; people speak in their own cases',
  },
  'GET /runs': { audience: 'signed-in', reason: 'citizens get the runs of their own cases only' },
  'POST /runs': {
    audience: runners,
    reason: 'developers start workflows by name, also those that others start in earnest',
  },
  'GET /runs/:id': { audience: 'signed-in', reason: 'citizens get the runs of their own cases only' },
  'GET /runs/:id/workflow': {
    audience: 'signed-in',
    reason: 'whoever sees the run may see what it follows; it names nobody',
  },
  'GET /runs/:id/events': {
    audience: 'signed-in',
    reason: 'the steps of a case are open to the person it is about',
  },
  'GET /runs/:id/exchanges': { audience: 'signed-in', reason: 'people may see who read which of their data' },
  'GET /runs/:id/exchanges/:seq/copy': {
    audience: runners,
    reason: 'who sends a request again operates the sandbox',
  },
  'GET /runs/:id/cloudevents': {
    audience: 'signed-in',
    reason: 'the steps of a case are open to the person it is about',
  },
  'POST /runs/:id/retry': { audience: runners, reason: "operating runs is no officer's business" },
  'POST /runs/:id/rerun': { audience: runners, reason: "operating runs is no officer's business" },
  'POST /runs/:id/resume': { audience: runners, reason: "operating runs is no officer's business" },
  'POST /runs/:id/cancel': { audience: runners, reason: "operating runs is no officer's business" },
  'POST /runs/:id/suspend': { audience: runners, reason: "operating runs is no officer's business" },
  'GET /tasks': { audience: 'signed-in', reason: 'each role sees its own tasks' },
  'GET /tasks/:id': { audience: 'signed-in', reason: 'each role sees its own tasks' },
  'POST /tasks/:id/claim': {
    audience: 'signed-in',
    reason: 'the task names its role, person and exclusions',
  },
  'POST /tasks/:id/complete': {
    audience: 'signed-in',
    reason: 'the task names its role, person and exclusions',
  },
  'POST /tasks/:id/act': {
    audience: trainers,
    reason:
      'the persona whose turn it is acts, on the stage of a presentation; never for anybody who is no persona',
  },
  'GET /blocks': { audience: 'anybody', reason: 'the building blocks are public' },
  'GET /blocks/:id/faults': { audience: runners, reason: "breaking things is the trainer's tool" },
  'POST /blocks/:id/faults': { audience: runners, reason: "breaking things is the trainer's tool" },
  'DELETE /blocks/:id/faults': { audience: runners, reason: "breaking things is the trainer's tool" },
  'GET /blocks/:id/binding': { audience: runners, reason: 'names of secrets and addresses of real systems' },
  'PUT /blocks/:id/binding': {
    audience: runners,
    reason: 'whoever operates the sandbox swaps blocks; with secrets only who may hold them',
  },
  'DELETE /blocks/:id/binding': { audience: runners, reason: 'whoever operates the sandbox swaps blocks' },
  'POST /blocks/:id/binding/check': {
    audience: runners,
    reason: 'it asks another system; with secrets only who may hold them',
  },
  'DELETE /blocks/:id/faults/:fault': { audience: runners, reason: "breaking things is the trainer's tool" },
  'GET /callbacks': { audience: officers, reason: 'what the blocks sent, without bodies' },
  'GET /callbacks/:id': { audience: officers, reason: 'bodies only for those who operate the sandbox' },
  'POST /callbacks/:id/replay': { audience: runners, reason: "delivering again is the trainer's tool" },
  'GET /callback-keys': {
    audience: builders,
    reason: 'whoever receives callbacks checks them by these keys',
  },
  'POST /callback-keys/rotate': { audience: builders, reason: 'receivers must learn the new key' },
  'GET /blocks/:id/journal': { audience: runners, reason: 'people are masked; full=true is for developers' },
  'DELETE /blocks/:id/journal': { audience: runners, reason: 'whoever may break a block may tidy up' },
  'GET /blocks/:id/journal/stream': { audience: runners, reason: 'as the journal itself: people are masked' },
  'GET /blocks/:id/journal/:entry': {
    audience: runners,
    reason: 'people are masked; full=true is for developers',
  },
  'GET /blocks/:id/journal/:entry/copy': {
    audience: builders,
    reason: 'a copy holds personal fields as they were sent',
  },
  'GET /blocks/:id/state': { audience: runners, reason: 'what a mock keeps names people' },
  'GET /blocks/:id/state/export': { audience: runners, reason: 'what a mock keeps names people' },
  'POST /blocks/:id/state/import': { audience: runners, reason: 'it changes what a mock answers' },
  'POST /blocks/:id/state/reset': { audience: runners, reason: 'it empties a mock' },
  'GET /blocks/:id/state/:collection': { audience: runners, reason: 'what a mock keeps names people' },
  'GET /blocks/:id/state/:collection/:doc': {
    audience: runners,
    reason: 'what a mock keeps names people',
  },
  'PUT /blocks/:id/state/:collection/:doc': {
    audience: runners,
    reason: 'it changes what a mock answers',
  },
  'DELETE /blocks/:id/state/:collection/:doc': {
    audience: runners,
    reason: 'it changes what a mock answers',
  },
  'GET /messages': { audience: officers, reason: 'messages name people' },
  'GET /ledger': { audience: officers, reason: 'payments name people' },
  'GET /message-log': { audience: officers, reason: 'the log of all exchanges' },
  'GET /message-log/export': { audience: officers, reason: 'the same log, without what was said' },
  'GET /audit': {
    audience: trainers,
    reason: 'a trainer sees who changed what in their workspaces, an administrator all',
  },
  'GET /audit/check': { audience: trainers, reason: 'whoever may read it may check it' },
  'GET /access-rights': { audience: 'signed-in', reason: 'who may read what is no secret' },
  'POST /access-rights': { audience: runners, reason: 'it decides who may read about whom' },
  'POST /access-rights/restore': { audience: runners, reason: 'it decides who may read about whom' },
  'PUT /access-rights/:id': { audience: runners, reason: 'it decides who may read about whom' },
  'DELETE /access-rights/:id': { audience: runners, reason: 'it decides who may read about whom' },
  'GET /me/accesses': {
    audience: 'signed-in',
    reason: 'people may see who read their data; officers, of the person they name',
  },
  'GET /me/consents': {
    audience: 'signed-in',
    reason: 'people may see who may read their data; officers, of the person they name',
  },
  'GET /me/messages': { audience: 'signed-in', reason: "what reached one's own phone; nobody else's" },
  'GET /me/payments': { audience: 'signed-in', reason: "what was paid to one's own programme numbers" },
  'GET /clock': { audience: 'anybody', reason: 'everybody may know what day it is here' },
  'POST /clock': { audience: runners, reason: 'moving time concerns the whole workspace' },
  'POST /reset': { audience: runners, reason: 'it empties the workspace' },
  'GET /workspaces': { audience: trainers, reason: 'a trainer sees their own, an administrator all' },
  'POST /workspaces': { audience: trainers, reason: 'whoever trains makes rooms for it' },
  'POST /workspaces/join': { audience: 'anybody', reason: 'the code on the board is the key' },
  'POST /workspaces/import': { audience: trainers, reason: 'it makes a workspace' },
  'GET /workspaces/:id': { audience: trainers, reason: 'it names the join code' },
  'PATCH /workspaces/:id': { audience: trainers, reason: 'title, expiry and limits are for who made it' },
  'DELETE /workspaces/:id': { audience: trainers, reason: 'it empties the workspace for good' },
  'POST /workspaces/:id/reset': { audience: trainers, reason: 'it empties the workspace' },
  'GET /workspaces/:id/clock': {
    audience: trainers,
    reason: 'as in the workspace itself, seen from outside',
  },
  'POST /workspaces/:id/clock': { audience: trainers, reason: 'moving time concerns the whole workspace' },
  'GET /workspaces/:id/snapshots': { audience: trainers, reason: 'what it can be put back to' },
  'POST /workspaces/:id/snapshots': { audience: trainers, reason: 'it holds everything in the workspace' },
  'POST /workspaces/:id/snapshots/:name/restore': {
    audience: trainers,
    reason: 'what happened since is gone',
  },
  'DELETE /workspaces/:id/snapshots/:name': { audience: trainers, reason: 'it cannot be taken back' },
  'GET /workspaces/:id/export': { audience: trainers, reason: 'it may hold everything in the workspace' },
  'GET /backup': { audience: ['administrator'], reason: 'it holds everything of everybody' },
  'POST /persons/:person/erase': {
    audience: ['administrator'],
    reason: 'it cannot be taken back; the reason is written down',
  },
  'GET /secrets': { audience: builders, reason: 'names only; values are never read' },
  'PUT /secrets/:name': { audience: builders, reason: 'who connects other systems holds their keys' },
  'DELETE /secrets/:name': { audience: builders, reason: 'who connects other systems holds their keys' },
  'POST /validate': { audience: runners, reason: 'whoever writes use cases; checking takes work' },
  'GET /schema/workflow.json': { audience: 'anybody', reason: 'editors fetch it without a session' },
  'GET /stream': { audience: 'signed-in', reason: 'citizens get the events of their own cases only' },
  'POST /callbacks/:run/:token/:name': {
    audience: 'anybody',
    reason: 'building blocks prove themselves by the token in the address',
  },
} as const satisfies Record<string, Permission>;

export type RouteName = keyof typeof permissions;
