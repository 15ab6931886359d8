import type { RouteName } from '../../../orchestrator/http/permissions.js';

/** For each route a request that succeeds for whoever may: the path below /api/v1, and a body. */
export const samples: Readonly<
  Record<RouteName, { readonly path: string; readonly body?: object; readonly status: number }>
> = {
  'GET /use-cases': { path: '/use-cases', status: 200 },
  'GET /use-cases/:id': { path: '/use-cases/usct', status: 200 },
  'GET /personas': { path: '/personas', status: 200 },
  'GET /cases': { path: '/cases', status: 200 },
  'POST /cases': { path: '/cases', body: { useCase: 'usct', kind: 'application', input: {} }, status: 201 },
  'GET /cases/:id': { path: '/cases/case-amina', status: 200 },
  'POST /cases/:id/events': {
    path: '/cases/case-amina/events',
    body: { type: 'org.govstack.case.note' },
    status: 202,
  },
  'GET /runs': { path: '/runs', status: 200 },
  'GET /runs/:id': { path: '/runs/run-amina', status: 200 },
  'GET /runs/:id/events': { path: '/runs/run-amina/events', status: 200 },
  'GET /runs/:id/exchanges': { path: '/runs/run-amina/exchanges', status: 200 },
  'POST /runs/:id/resume': { path: '/runs/run-amina/resume', status: 202 },
  'POST /runs/:id/cancel': { path: '/runs/run-amina/cancel', status: 202 },
  'POST /runs/:id/suspend': { path: '/runs/run-amina/suspend', status: 202 },
  'GET /tasks': { path: '/tasks', status: 200 },
  'GET /tasks/:id': { path: '/tasks/task-amina', status: 200 },
  'POST /tasks/:id/claim': { path: '/tasks/task-amina/claim', status: 200 },
  'POST /tasks/:id/complete': {
    path: '/tasks/task-amina/complete',
    body: { data: { decision: 'granted' } },
    status: 200,
  },
  'GET /blocks': { path: '/blocks', status: 200 },
  'GET /blocks/:id/faults': { path: '/blocks/payments/faults', status: 200 },
  'POST /blocks/:id/faults': {
    path: '/blocks/payments/faults',
    body: { kind: 'outage', times: 2 },
    status: 201,
  },
  'DELETE /blocks/:id/faults': { path: '/blocks/payments/faults', status: 204 },
  'GET /messages': { path: '/messages', status: 200 },
  'GET /ledger': { path: '/ledger', status: 200 },
  'GET /message-log': { path: '/message-log', status: 200 },
  'GET /clock': { path: '/clock', status: 200 },
  'POST /clock': { path: '/clock', body: { by: 'P2M' }, status: 200 },
  'POST /reset': { path: '/reset', status: 204 },
  'POST /validate': { path: '/validate', body: { document: 'do: []' }, status: 200 },
  'GET /schema/workflow.json': { path: '/schema/workflow.json', status: 200 },
  'GET /stream': { path: '/stream', status: 200 },
  'POST /callbacks/:run/:token/:name': {
    path: '/callbacks/run-amina/a-token/batch-status',
    body: { batchId: 'B-1' },
    status: 202,
  },
};
