import { describe, expect, it } from '@jest/globals';

import type { Json, JsonObject } from '../../contracts/json.js';
import { play, type Play, type Played, type Reply } from './play-run.js';

/** The application on the real engine, with building blocks and people played by this test. */
const household = {
  region: 'hills',
  size: 6,
  dependants: 4,
  elderly: 1,
  disabled: 0,
  displaced: false,
  headSex: 'female',
  assets: ['radio', 'goats'],
  landHectares: 0.5,
  monthlyIncome: 60,
};

const input = {
  channel: 'citizen',
  applicant: {
    individualId: '2001000017',
    firstName: 'Amina',
    lastName: 'Haddad',
    birthDate: '1988-03-14',
    sex: 'female',
    phone: '+15550101',
  },
  household,
  payment: { route: 'mobile', account: '+15550101' },
  oneTimeCode: '111111',
};

const person = (data: Json, subject = 'officer-1'): Reply => ({
  output: {
    data,
    by: { subject, username: subject, role: 'case-officer' },
    at: '2026-01-05T08:00:00Z',
    attestation: 'jws',
  },
});

const registered = (args: JsonObject): Reply => {
  const { RequestID } = (args['parameters'] as { body: { RequestID: string } }).body;
  return {
    output: { responseCode: '00', requestID: RequestID },
    event: {
      type: 'org.govstack.callback.account-registered',
      data: { registerRequestID: RequestID, numberFailedCases: 0, failedCases: [] },
    },
  };
};

const world: Play['replies'] = {
  rememberApplicant: { output: { person: 'person-amina' } },
  createFile: { output: { fileId: 'file-1' } },
  getLinkCode: { output: { response: { linkCode: 'link' }, errors: [] } },
  openLink: { output: { response: { linkTransactionId: 'linked' }, errors: [] } },
  authenticate: { output: { response: { linkedTransactionId: 'linked' }, errors: [] } },
  askConsent: person({ decision: 'granted' }),
  createIndividual: { output: { individual: { id: 'person-amina' } } },
  draftConsent: {
    output: {
      consentRecord: {
        id: 'c1',
        dataAgreement: { id: 'usct-verification' },
        dataAgreementRevisionHash: 'h',
        individual: { id: 'person-amina' },
        optIn: false,
        state: 'unsigned',
      },
      signature: { id: '', signature: '' },
    },
  },
  signConsent: { output: { consentRecord: { id: 'c1', optIn: true } } },
  readPopulation: {
    output: { content: { firstName: 'AMINA', lastName: ' Haddad ', birthDate: '1988-03-14' } },
  },
  readCivil: { output: { content: { lifeStatus: 'alive', dependants: 4 } } },
  readTax: { output: { content: { monthlyIncome: 45 } } },
  readLand: { status: 404 },
  claimApplicant: { output: { granted: ['person-amina'], refused: [] } },
  existsInRegistry: { output: { answer: { status: false } } },
  registerAccount: registered,
};

const metadata: JsonObject = {
  case: { id: 'case-1', number: 'USCT-A-000042', kind: 'application', person: 'person-amina' },
  callbackUrl: 'http://localhost:4000/callbacks/run-1',
  actor: { subject: 'amina', username: 'amina', role: 'citizen', person: 'person-amina' },
};

const apply = (
  changes: { input?: object; replies?: Play['replies']; timers?: boolean; metadata?: JsonObject } = {},
): Played =>
  play({
    workflow: 'application',
    input: { ...input, ...changes.input },
    metadata: { ...metadata, ...changes.metadata },
    replies: { ...world, ...changes.replies },
    ...(changes.timers === undefined ? {} : { timers: changes.timers }),
  });

const argsOf = (played: Played, name: string): JsonObject =>
  played.calls.find((call) => call.name === name)?.args ?? {};
const bodyOf = (played: Played, name: string): JsonObject =>
  (argsOf(played, name)['parameters'] as { body: JsonObject }).body;

describe('an application that fits', () => {
  const played = apply();

  it('goes from submission to enrollment by itself', () => {
    expect(played.error).toBeUndefined();
    expect(played.status).toBe('completed');
    expect(played.states).toEqual([
      'submitted',
      'consent-pending',
      'verification',
      'assessed',
      'enrolling',
      'enrolled',
    ]);
    expect(played.facts).toMatchObject({
      score: 21,
      package: 'care',
      cycleAmount: 214,
      functionalId: 'U0000000422',
      route: 'mobile',
    });
    expect(played.output).toMatchObject({ card: { functionalId: 'U0000000422' } });
  });

  it('keeps the limits of the account mapper, and tells it nothing about the foundational identity', () => {
    expect(argsOf(played, 'registerAccount')).toMatchObject({
      parameters: {
        'X-Registering-Institution-ID': 'MSW-USCT',
        body: {
          RequestID: 'RU0000004201',
          Beneficiaries: [
            { payeeIdentity: 'U0000000422', PaymentModality: '01', FinancialAddress: '+15550101' },
          ],
        },
      },
    });
    expect(
      JSON.stringify(
        played.calls.filter(({ name }) => name === 'createBeneficiary' || name === 'createOther'),
      ),
    ).not.toContain('2001000017');
  });

  it('signs the consent with the proof of the task, for the person, and keeps the number apart', () => {
    expect(bodyOf(played, 'createIndividual')).toEqual({
      individual: {
        id: 'person-amina',
        externalId: 'person-amina',
        externalIdType: 'person-ref',
        identityProviderId: '2001000017',
      },
    });
    expect(bodyOf(played, 'signConsent')).toMatchObject({
      consentRecord: { optIn: true },
      signature: { signature: 'jws', verificationSignedAs: 'individual' },
    });
  });

  it('speaks to the applicant in the language they asked for, also later on', () => {
    const french = apply({ input: { applicant: { ...input.applicant, language: 'fr' } } });
    expect(bodyOf(french, 'sendMessage')).toMatchObject({
      smsContent: { content: expect.stringContaining('Vous êtes inscrit') },
    });
    expect(bodyOf(french, 'createBeneficiary')).toMatchObject({ write: { content: { language: 'fr' } } });
    expect(bodyOf(played, 'sendMessage')).toMatchObject({
      smsContent: { content: expect.stringContaining('You are enrolled') },
    });
  });

  it('stays small in the journal', () => {
    expect(played.journalBytes).toBeLessThan(80_000);
  });
});

describe('an application that does not', () => {
  it('asks for the one-time code again', () => {
    const wrong = { output: { response: null, errors: [{ errorCode: 'auth_failed' }] } };
    const played = apply({
      replies: {
        authenticate: (_args, visit) => (visit === 1 ? wrong : { output: { response: {}, errors: [] } }),
        repeatCode: person({ oneTimeCode: '111111' }),
      },
    });
    expect(
      played.calls
        .filter(({ name }) => name === 'getLinkCode')
        .map(({ args }) => (args['parameters'] as { body: { request: Json } }).body.request),
    ).toEqual([{ transactionId: 'usct-000000042-0' }, { transactionId: 'usct-000000042-1' }]);
    expect(played.states.at(-1)).toBe('enrolled');
  });

  it('reads no registry without consent, and is assisted by documents', () => {
    const waiting = apply({
      replies: { askConsent: person({ decision: 'refused' }), assistAfterRefusal: 'wait' },
    });
    expect(waiting.open).toEqual(['assistAfterRefusal']);
    expect(waiting.states.at(-1)).toBe('consent-refused');
    const played = apply({
      replies: {
        askConsent: person({ decision: 'refused' }),
        assistAfterRefusal: person({
          decision: 'verified-by-documents',
          evidence: 'Family book',
          dependants: 3,
        }),
      },
    });
    expect(played.calls.map(({ name }) => name)).not.toContain('readPopulation');
    expect(played.calls.map(({ name }) => name)).not.toContain('createIndividual');
    expect(played.states).toContain('enrolled');
    expect(played.facts).toMatchObject({ verifiedBy: 'documents', monthlyAmount: 99 });
  });

  it('faults when the access right to a registry is missing: that is no matter of consent', () => {
    const detail =
      'population-registry answered 403 to read: no access right [Server.ServerProxy.AccessDenied]';
    const played = apply({ replies: { readPopulation: { status: 403, detail }, readCivil: 'wait' } });
    expect(played).toMatchObject({ status: 'faulted', error: { status: 403, detail } });
    expect(played.states.at(-1)).toBe('verification');
  });

  it('goes to an officer when the mediator refuses the reads', () => {
    const detail = 'no live consent [Server.ServerProxy.AccessDenied.NoLiveConsent]';
    const played = apply({
      replies: { readPopulation: { status: 403, detail }, readCivil: 'wait', assistAfterRefusal: 'wait' },
    });
    expect(played.states.slice(-2)).toEqual(['verification', 'consent-refused']);
    expect(argsOf(played, 'assistAfterRefusal')).toMatchObject({ data: { reason: 'consent-withdrawn' } });
  });

  it('is helped without a national ID, and asks no registry', () => {
    const nameless = Object.fromEntries(
      Object.entries(input.applicant).filter(([name]) => name !== 'individualId'),
    );
    const played = apply({ input: { applicant: nameless }, replies: { assistAfterRefusal: 'wait' } });
    expect(played.states).toEqual(['submitted', 'assisted']);
    expect(argsOf(played, 'assistAfterRefusal')).toMatchObject({ data: { reason: 'no-national-id' } });
  });

  it('brings a difference to a person and checks again what was corrected', () => {
    const birthDate = (_args: JsonObject, visit: number): Reply => ({
      output: {
        content: {
          firstName: 'Amina',
          lastName: 'Haddad',
          birthDate: visit === 1 ? '1988-04-14' : '1988-03-14',
        },
      },
    });
    const played = apply({
      replies: {
        readPopulation: birthDate,
        reviewMismatch: person({
          decision: 'correct-and-check-again',
          note: 'typing',
          corrections: { monthlyIncome: 20 },
        }),
      },
    });
    expect(played.facts).toMatchObject({ mismatches: ['birthDate'] });
    expect(played.states).toEqual([
      'submitted',
      'consent-pending',
      'verification',
      'mismatch-review',
      'verification',
      'assessed',
      'enrolling',
      'enrolled',
    ]);
    expect(played.status).toBe('completed');
  });

  it('is rejected by a person only, may appeal, and another officer decides', () => {
    const rich = { household: { ...household, assets: ['car', 'television'], monthlyIncome: 900 } };
    const replies: Play['replies'] = {
      confirmRejection: person(
        { decision: 'confirm', reason: 'Owns a car and has an income.' },
        'officer-lin',
      ),
      appeal: person({ decision: 'appeal', grounds: 'The car is broken.' }, 'amina'),
      decideAppeal: person({ decision: 'grant', reason: 'Documented.' }, 'officer-badu'),
    };
    const played = apply({ input: rich, replies });
    expect(played.states).toEqual([
      'submitted',
      'consent-pending',
      'verification',
      'assessed',
      'rejection-review',
      'not-eligible',
      'appeal',
      'enrolling',
      'enrolled',
    ]);
    expect(argsOf(played, 'decideAppeal')['excludes']).toEqual(['officer-lin']);
    expect(JSON.stringify(argsOf(played, 'sendMessage'))).toContain('Owns a car');
  });

  it('ends when thirty days pass without an appeal', () => {
    const played = apply({
      input: { household: { ...household, assets: ['car', 'television'], monthlyIncome: 900 } },
      replies: {
        confirmRejection: person({ decision: 'confirm', reason: 'Owns a car and has an income.' }),
        appeal: 'wait',
      },
      timers: true,
    });
    expect(played.states.at(-1)).toBe('rejected');
    expect(played.status).toBe('completed');
  });

  it('takes a voucher where there is no account, and an officer where there is no voucher either', () => {
    const none = { payment: { route: 'none' } };
    expect(apply({ input: none }).facts).toMatchObject({ route: 'voucher' });
    const remote = apply({
      input: { ...none, household: { ...household, region: 'highland' } },
      replies: { arrangePayment: 'wait' },
    });
    expect(remote.states.at(-1)).toBe('no-payment-route');
    expect(remote.open).toEqual(['arrangePayment']);
  });

  it('waits for an officer when the evidence of a census line is missing, and shows the evidence when it is there', () => {
    const census = { channel: 'census', consent: { decision: 'granted', evidence: 'SHEET-000001' } };
    const officer = { actor: {} };
    const played = apply({ input: census, metadata: officer, replies: { recordConsent: 'wait' } });
    expect(played.open).toEqual(['recordConsent']);
    expect(played.states).toEqual(['submitted', 'consent-pending']);
    expect(argsOf(played, 'recordConsent')).toMatchObject({
      role: 'enrollment-officer',
      data: { person: 'person-amina', evidence: 'SHEET-000001' },
    });
    expect(played.calls.map(({ name }) => name)).not.toContain('getLinkCode');
  });

  it('takes no word for it that a citizen is a census officer', () => {
    const played = apply({
      input: { channel: 'census', consent: { decision: 'granted', evidence: 'me' } },
      replies: { askConsent: 'wait' },
    });
    expect(played.open).toEqual(['askConsent']);
    expect(played.calls.map(({ name }) => name)).toContain('authenticate');
  });

  it('tries an unreachable block again, and parks with the cause when it stays away', () => {
    const short = apply({
      timers: true,
      replies: {
        createFile: (_args, visit) => (visit < 3 ? { status: 503 } : { output: { fileId: 'file-1' } }),
      },
    });
    expect(short.states.at(-1)).toBe('enrolled');
    const long = apply({ timers: true, replies: { createFile: { status: 503 } } });
    expect(long.status).toBe('faulted');
    expect(long.error?.status).toBe(503);
  });
});
