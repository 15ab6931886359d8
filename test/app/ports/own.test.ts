import { describe, expect, it } from '@jest/globals';
import { createOwnPorts } from '../../../app/ports/own.js';
import { DEFAULT_WORKSPACE, personRefSchema } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';

const principal = (person?: string): Principal => ({
  subject: 's',
  username: 'u',
  name: 'U',
  roles: ['citizen'],
  ...(person === undefined ? {} : { person: personRefSchema.parse(person) }),
});
const personas = [
  { person: 'person-amina', phone: '+15550101' },
  { person: 'person-tomas', phone: '+15550102' },
  { person: 'person-without-phone' },
];
const facts: Record<string, readonly JsonObject[]> = {
  'person-amina': [{ functionalId: 'U1' }, {}, { functionalId: 'U1' }],
};
const own = createOwnPorts({
  useCases: () => Promise.resolve([{ personas }]) as never,
  runtime: {
    search: {
      cases: (_workspace: string, { person = '' }: { person?: string }) =>
        Promise.resolve({ found: (facts[person] ?? []).map((one) => ({ facts: one })) }),
    },
  } as never,
  messages: (_workspace, recipient) =>
    Promise.resolve([
      { recipient, at: '2026-01-01T00:00:00Z' },
      { recipient, at: '2026-02-01T00:00:00Z' },
    ]),
  ledger: (_workspace, payeeIdentity) => Promise.resolve([{ payeeIdentity, at: '2026-01-01T00:00:00Z' }]),
});

describe('what reached a person', () => {
  it('is the messages to their own phone, newest first', async () => {
    expect(await own.messages(DEFAULT_WORKSPACE, principal('person-amina'))).toEqual([
      { recipient: '+15550101', at: '2026-02-01T00:00:00Z' },
      { recipient: '+15550101', at: '2026-01-01T00:00:00Z' },
    ]);
    expect(await own.messages(DEFAULT_WORKSPACE, principal('person-without-phone'))).toEqual([]);
  });
  it('is the money to the programme numbers of their own cases, each once', async () => {
    expect(await own.payments(DEFAULT_WORKSPACE, principal('person-amina'))).toEqual([
      { payeeIdentity: 'U1', at: '2026-01-01T00:00:00Z' },
    ]);
    expect(await own.payments(DEFAULT_WORKSPACE, principal('person-tomas'))).toEqual([]);
  });
  it('is nothing for whoever is no citizen', async () => {
    expect(await own.messages(DEFAULT_WORKSPACE, principal())).toEqual([]);
    expect(await own.payments(DEFAULT_WORKSPACE, principal())).toEqual([]);
  });
});
