import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '../../contracts/json.js';
import { play, type Play, type Played } from './play-run.js';

/** What the cash transfer makes of a birth that another ministry tells of, on the real engine. */
const birth = {
  birthNumber: 'B-2029-000001',
  mother: 'person-leila',
  bornOn: '2029-12-30',
  origin: { useCase: 'hltc-1', case: 'case-1', number: 'HLTC-N-000001' },
};
const world: Play['replies'] = {
  mother: { output: { person: 'person-leila', individualId: '2002000023' } },
  readBirth: { output: { content: { birthNumber: birth.birthNumber } } },
  readHousehold: { output: { content: { functionalId: 'U0000000422' } } },
};
const hear = (replies: Play['replies'] = {}): Played =>
  play({
    workflow: 'birth-notice',
    input: [birth],
    replies: { ...world, ...replies },
    metadata: {
      case: { id: 'case-2', number: 'USCT-N-000001', kind: 'birth-notice', person: null },
      callbackUrl: 'http://localhost:4000/callbacks/run-2',
    },
  });
const argsOf = ({ calls }: Played, name: string): JsonObject =>
  calls.find((call) => call.name === name)?.args ?? {};
const names = ({ calls }: Played): readonly string[] => calls.map(({ name }) => name);

describe('news of a birth', () => {
  it('opens a change for the household of the mother, after her record was read', () => {
    const played = hear();
    expect(played.error).toBeUndefined();
    expect(played.states.at(-1)).toBe('passed-on');
    expect(played.facts).toMatchObject({ from: 'hltc-1', fromCase: 'HLTC-N-000001' });
    expect(argsOf(played, 'readBirth')).toMatchObject({
      parameters: {
        'X-Sandbox-Fields': 'birthNumber,motherId,birthDate',
        body: { query: { content: { motherId: '2002000023', birthNumber: 'B-2029-000001' } } },
      },
    });
    expect(argsOf(played, 'openChange')).toMatchObject({
      kind: 'change',
      person: 'person-leila',
      input: { functionalId: 'U0000000422', registered: 'birth' },
    });
  });

  it('ends where the mother receives nothing here', () => {
    const played = hear({ readHousehold: { status: 404 } });
    expect(played.states.at(-1)).toBe('not-enrolled');
    expect(names(played)).not.toContain('openChange');
  });

  it('ends where nobody knows the mother any more, and asks no register', () => {
    const played = hear({ mother: { status: 500, type: 'runtime' } });
    expect(played.error).toBeUndefined();
    expect(played.states.at(-1)).toBe('not-enrolled');
    expect(names(played)).not.toContain('readBirth');
  });

  it('reads nothing else without a consent, and says so', () => {
    const detail = 'no live consent [Server.ServerProxy.AccessDenied.NoLiveConsent]';
    const played = hear({ readBirth: { status: 403, detail } });
    expect(played.error).toBeUndefined();
    expect(played.states.at(-1)).toBe('not-allowed');
    expect(names(played)).not.toContain('readHousehold');
  });

  it('does not take another refusal for a missing consent', () => {
    expect(hear({ readBirth: { status: 403, detail: 'the registrar locked it' } }).error?.status).toBe(403);
  });
});
