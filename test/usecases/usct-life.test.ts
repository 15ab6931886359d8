import { describe, expect, it } from '@jest/globals';

import type { Json, JsonObject } from '../../contracts/json.js';
import { play, type Play, type Played, type Reply } from './play-run.js';

/** The workflows after enrollment, on the real engine. */
const person = (data: Json, subject = 'officer-1'): Reply => ({
  output: {
    data,
    by: { subject, username: subject, role: 'case-officer' },
    at: '2026-01-05T08:00:00Z',
    attestation: 'jws',
  },
});

const beneficiary = {
  functionalId: 'U0000000422',
  person: 'person-amina',
  applicationCase: 'case-1',
  applicationNumber: 'USCT-A-000042',
  phone: '+15550101',
  enrolledOn: '2026-01-05',
};

const run = (workflow: string, input: Json, replies: Play['replies'], timers = false): Played =>
  play({
    workflow,
    input,
    replies,
    timers,
    metadata: {
      case: { id: 'case-2', number: 'USCT-X-000001', kind: workflow, person: null },
      callbackUrl: 'http://localhost:4000/callbacks/run-2',
      actor: { subject: 'officer-lin', role: 'case-officer' },
    },
  });
const argsOf = (played: Played, name: string): JsonObject =>
  played.calls.find((call) => call.name === name)?.args ?? {};

describe('exit', () => {
  const replies: Play['replies'] = {
    readBeneficiary: { output: { content: beneficiary } },
    confirmExit: person({ decision: 'confirm', note: 'seen' }, 'officer-badu'),
    objection: 'wait',
  };

  it('gives notice, ends the entitlement and frees the person, after a second officer confirmed', () => {
    const played = run(
      'exit',
      { functionalId: 'U0000000422', reason: 'migration', evidence: 'notice' },
      replies,
      true,
    );
    expect(played.error).toBeUndefined();
    expect(played.states).toEqual(['notice', 'exited']);
    expect(argsOf(played, 'confirmExit')['excludes']).toEqual(['officer-lin']);
    expect(argsOf(played, 'freeApplicant')).toMatchObject({
      holder: 'USCT-A-000042',
      released: ['person-amina'],
    });
  });

  it('needs no notice for a death, and does nothing when the second officer refuses', () => {
    expect(
      run('exit', { functionalId: 'U0000000422', reason: 'death', evidence: 'certificate' }, replies).states,
    ).toEqual(['exited']);
    const refused = run(
      'exit',
      { functionalId: 'U0000000422', reason: 'age', evidence: 'none' },
      { ...replies, confirmExit: person({ decision: 'refuse', note: 'wrong' }) },
    );
    expect(refused.states).toEqual(['stays']);
    expect(refused.calls.map(({ name }) => name)).not.toContain('closeBeneficiary');
  });
});

describe('a change of circumstances', () => {
  const before = {
    region: 'hills',
    size: 6,
    dependants: 4,
    elderly: 1,
    disabled: 0,
    displaced: false,
    assets: ['radio', 'goats'],
    landHectares: 0.5,
    monthlyIncome: 60,
    person: 'person-amina',
  };
  const replies: Play['replies'] = {
    beneficiaryRecord: { output: { content: beneficiary } },
    socialRecord: { output: { content: before } },
    knowPerson: { output: { person: 'person-amina', individualId: '2001000017' } },
    incomeNow: { output: { content: { monthlyIncome: 45 } } },
    reviewChange: person({ decision: 'accept', note: 'certificate seen' }),
  };
  const input = { functionalId: 'U0000000422', changes: { size: 7, dependants: 5 } };

  it('is assessed anew and changes the amount', () => {
    const played = run('change-of-circumstances', input, replies);
    expect(played.error).toBeUndefined();
    expect(played.states).toEqual(['in-review', 'applied']);
    expect(played.facts).toMatchObject({ package: 'care', monthlyAmount: 120 });
  });

  it('asks for papers when the consent is gone', () => {
    const detail = 'no live consent [Server.ServerProxy.AccessDenied.NoLiveConsent]';
    const played = run('change-of-circumstances', input, { ...replies, incomeNow: { status: 403, detail } });
    expect(argsOf(played, 'reviewChange')).toMatchObject({
      data: { consentMissing: true, registeredIncome: null },
    });
  });

  it('never ends an entitlement at once, but opens a recertification', () => {
    const rich = run('change-of-circumstances', { ...input, changes: { monthlyIncome: 9000 } }, replies);
    expect(argsOf(rich, 'whetherStillEligible')).toMatchObject({
      kind: 'exit',
      input: { reason: 'recertification' },
    });
  });
});

describe('withdrawal, grievance, feedback, monitoring, outreach', () => {
  it('withdraws a consent with the proof of the person, and keeps it when they change their mind', () => {
    const replies: Play['replies'] = {
      confirmWithdrawal: person({ decision: 'withdraw' }, 'selam'),
      readConsent: { output: { consentRecord: { id: 'c1', optIn: true } } },
    };
    const played = run('withdrawal', { agreement: 'usct-verification' }, replies);
    expect(played.states).toEqual(['withdrawn']);
    expect(argsOf(played, 'updateConsent')).toMatchObject({
      parameters: {
        consentRecordId: 'c1',
        body: { consentRecord: { optIn: false, signature: { signature: 'jws' } } },
      },
    });
    expect(
      run('withdrawal', {}, { ...replies, confirmWithdrawal: person({ decision: 'keep' }) }).states,
    ).toEqual(['kept']);
  });

  it('answers a complaint, with a talk where one is wanted', () => {
    const meet = (decision: string): Reply =>
      person({ decision, answer: 'We talk.', date: '2026-02-01T10:00:00Z' });
    const replies: Play['replies'] = {
      reviewGrievance: meet('meet'),
      recordOutcome: meet('resolve'),
      createMeeting: { output: 'event_id:5' },
    };
    const input = { about: 'payment', text: 'Nothing came.', phone: '+15550101' };
    expect(run('grievance', input, replies, true).states).toEqual(['in-review', 'appointment', 'resolved']);
    expect(run('grievance', input, { reviewGrievance: meet('refer') }).states).toEqual([
      'in-review',
      'referred',
    ]);
  });

  it('asks once whether it was clear, and takes silence for an answer', () => {
    const input = { person: 'person-amina', about: 'USCT-A-000042' };
    expect(run('feedback', input, { wasItClear: person({ clear: 4 }) }).facts).toEqual({ clear: 4 });
    expect(run('feedback', input, { wasItClear: 'wait' }, true).states).toEqual(['unanswered']);
  });

  it('counts without naming', () => {
    const results = [
      {
        status: 'active',
        region: 'hills',
        package: 'care',
        route: 'mobile',
        monthlyAmount: 107,
        phone: '+15550101',
      },
      {
        status: 'exited',
        region: 'coast',
        package: 'basic',
        route: 'bank',
        monthlyAmount: 40,
        phone: '+15550102',
      },
    ];
    const played = run(
      'monitoring',
      {},
      { askCount: { output: { count: 2, results: [] } }, monitoringPage: { output: { count: 2, results } } },
    );
    expect(played.facts).toEqual({
      registered: 2,
      active: 1,
      byState: { active: 1, exited: 1 },
      byRegion: { hills: 1 },
      byPackage: { care: 1 },
      byRoute: { mobile: 1 },
      monthlyTotal: 107,
      currency: 'USD',
    });
  });

  it('waits for the scheduler before any message goes out', () => {
    const ids: Play['replies'] = {
      createHost: { output: 'entity_id:1' },
      createEvent: { output: 'event_id:2' },
      createMessage: { output: 'message_id:3' },
      createSubscriber: { output: 'subscriber_id:4' },
      createAppointment: { output: 'appointment_id:5' },
    };
    const input = {
      title: 'Come',
      message: 'You may apply now.',
      date: '2027-01-10T09:00:00Z',
      recipients: ['+15550101'],
    };
    const waiting = run('outreach', input, { ...ids, createAlert: { output: 'alert_schedule_id:6' } });
    expect(waiting.states).toEqual(['scheduled']);
    expect(argsOf(waiting, 'createAlert')).toMatchObject({
      parameters: { qry: { alert_schedule_details: { event_id: '2', message_id: '3' } } },
    });
    const rung: Reply = {
      output: 'alert_schedule_id:6',
      event: { type: 'org.govstack.callback.campaign-alert', data: {} },
    };
    expect(run('outreach', input, { ...ids, createAlert: rung }).states).toEqual(['scheduled', 'sent']);
  });
});

describe('failed payments', () => {
  const input = {
    programme: 'usct',
    cycle: '2026-01',
    currency: 'USD',
    failed: [{ functionalId: 'U0000000422', amount: 214, reason: 'closed' }],
    unclear: [],
  };
  const replies: Play['replies'] = {
    repairAccounts: person({
      repairs: [{ functionalId: 'U0000000422', route: 'bank', account: 'BA12345678' }],
    }),
    claimAgain: (args) => ({ output: { granted: args['keys'] ?? [], refused: [] } }),
    askRelease: person({ decision: 'approve' }, 'ravi'),
    'run pay-batch': (batch) => ({
      output: {
        batchId: 'b',
        results: (batch['instructions'] as readonly JsonObject[]).map((one) => ({
          ...one,
          outcome: 'completed',
        })),
      },
    }),
  };

  it('are repaired, claimed again under the same key, and paid after a release', () => {
    const played = run('failed-payments', input, replies);
    expect(played.error).toBeUndefined();
    expect(played.states).toEqual(['repairing', 'paying', 'closed']);
    expect(argsOf(played, 'claimAgain')['keys']).toEqual(['usct/U0000000422/2026-01']);
    expect(argsOf(played, 'settleRepaired')).toMatchObject({ completed: ['usct/U0000000422/2026-01'] });
  });

  it('are not paid without the checker, and the claim is given back', () => {
    const played = run('failed-payments', input, {
      ...replies,
      askRelease: person({ decision: 'cancel' }, 'ravi'),
    });
    expect(played.calls.map(({ name }) => name)).not.toContain('run pay-batch');
    expect(argsOf(played, 'giveBack')).toMatchObject({ released: ['usct/U0000000422/2026-01'] });
  });
});
