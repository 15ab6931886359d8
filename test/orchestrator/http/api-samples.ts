import type { Case } from '../../../contracts/case.js';
import type { ContractDiff } from '../../../contracts/contract-diff.js';
import type { HumanTask } from '../../../contracts/human-task.js';
import type { Run } from '../../../contracts/run.js';

export const instant = '2026-01-05T09:00:00.000Z';

export function caseOf(person: string): Case {
  return {
    _id: `default/case-${person}`,
    id: `case-${person}`,
    workspace: 'default',
    useCase: 'usct',
    kind: 'application',
    number: `USCT-A-${person === 'amina' ? '000001' : '000002'}`,
    person: `person-${person}`,
    state: 'consent-pending',
    history: [{ state: 'consent-pending', at: instant, run: `run-${person}`, task: '/do/8/waitForConsent' }],
    runs: [`run-${person}`],
    facts: {},
    openedAt: instant,
    ...(person === 'tomas' ? { closedAt: instant } : {}),
  } as unknown as Case;
}

export function runOf(person: string): Run {
  return {
    _id: `default/run-${person}`,
    id: `run-${person}`,
    workspace: 'default',
    useCase: 'usct',
    caseId: `case-${person}`,
    workflow: { namespace: 'usct', name: 'application', version: '1.0.0' },
    status: 'waiting',
    startedAt: instant,
    person: `person-${person}`,
    blocks: ['consent'],
    digest: 'd1',
    waiting: [{ key: '/do/9/askConsent', name: 'askConsent', kind: 'call' }],
    version: 12,
    inbox: 0,
  } as unknown as Run;
}

export function taskOf(person: string): HumanTask {
  return {
    _id: `default/task-${person}`,
    id: `task-${person}`,
    workspace: 'default',
    useCase: 'usct',
    caseId: `case-${person}`,
    runId: `run-${person}`,
    key: '/do/9/askConsent',
    name: 'askConsent',
    title: 'May the programme read your records?',
    role: 'citizen',
    person: `person-${person}`,
    excluded: [],
    form: 'consent',
    data: {},
    state: 'open',
    createdAt: instant,
    // What the store keeps besides: proof for building blocks, and for nobody else.
    outcome: { attestation: 'a-secret-attestation' },
    told: false,
  } as unknown as HumanTask;
}

export const contractDiff: ContractDiff = {
  reachable: true,
  probe: 'it answers',
  document: 'https://pay.example/openapi.json',
  verdict: 'compatible',
  operations: [
    {
      operationId: 'bulkPayment',
      method: 'POST',
      path: '/bulk-payment',
      verdict: 'compatible',
      usedBy: ['usct'],
      differences: [{ in: 'response', at: '/x', what: 'is missing there', breaking: false }],
    },
  ],
};

export const lifecycleEvent = {
  specversion: '1.0',
  id: 'run-amina.2.0',
  source: 'http://localhost:4000/api/v1/runs/run-amina',
  type: 'io.serverlessworkflow.workflow.started.v1',
  time: instant,
  datacontenttype: 'application/json',
  data: { name: 'application-run-amina.usct', startedAt: instant },
} as const;

export const exchange = {
  seq: 1,
  exchange: {
    type: 'exchange',
    id: 'exchange-1',
    time: instant,
    at: instant,
    client: 'SANDBOX/GOV/MSW/USCT',
    service: 'SANDBOX/GOV/MOF/TAX/tax',
    block: 'digital-registries',
    deliveredTo: 'mock',
    method: 'POST',
    path: '/data/tax/1.0/read',
    status: 200,
    milliseconds: 3,
    outcome: 'answered',
    basis: { kind: 'public-task', reference: 'Act (training)' },
    requestHash: 'a',
    responseHash: 'b',
  },
} as const;
