import type { MediatorPorts } from '../../../orchestrator/http/ports/mediator-ports.js';

type Note = (...parts: readonly unknown[]) => void;

const right = {
  id: 'A.B.C.D~E.F.G.H.i',
  client: 'A/B/C/D',
  service: 'E/F/G/H/i',
  serviceTitle: 'Register',
  basis: { kind: 'public-task', reference: 'Act (training)' },
  origin: 'declared',
  state: 'held',
} as const;

/** The mediator's part of the API's ports: one right, and one look at each person. */
export function mediatorPorts(note: Note): MediatorPorts {
  const changed =
    (what: string) =>
    (
      _workspace: string,
      id: string,
      { by, why, operations }: Parameters<MediatorPorts['rights']['revoke']>[2],
    ): Promise<typeof right> => {
      note(what, id, by.username, { why, operations });
      return Promise.resolve(right);
    };
  return {
    rights: {
      list: () => Promise.resolve([right]),
      revoke: changed('rights.revoke'),
      grant: changed('rights.grant'),
      add: (_workspace, { client }, { by }) => {
        note('rights.add', client, by.username);
        return Promise.resolve({ ...right, origin: 'granted' });
      },
      restore: (_workspace, { by }) => {
        note('rights.restore', by.username);
        return Promise.resolve(1);
      },
    },
    exportLog: () =>
      Promise.resolve({
        format: 'govstack-sandbox-message-log',
        version: 1,
        workspace: 'default',
        records: [],
        seals: [],
      }),
    consents: (_workspace, person) => {
      note('consents', person);
      return Promise.resolve([
        {
          consentRecord: 'record-1',
          agreement: 'usct-verification',
          purpose: 'To check',
          controller: 'A ministry',
          fields: ['firstName'],
          services: ['Register'],
          useCase: 'usct',
          grantedAt: '2026-01-05T09:00:00.000Z',
          expiresAt: '2028-01-05T09:00:00.000Z',
        },
      ]);
    },
    accesses: (_workspace, person, query) => {
      note('accesses', person, query);
      return Promise.resolve({
        accesses: [
          {
            id: 'exchange-1',
            seq: 7,
            time: '2026-01-05T09:00:00.000Z',
            at: '2026-01-05T09:00:00.000Z',
            client: 'A/B/C/D',
            clientTitle: 'Cash transfer',
            service: 'E/F/G/H/i',
            serviceTitle: 'Register',
            block: 'digital-registries',
            outcome: 'answered',
            status: 200,
          },
        ],
        next: '7',
      });
    },
  };
}
