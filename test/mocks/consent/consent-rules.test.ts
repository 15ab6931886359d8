import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AGREEMENT,
  NATIONAL_ID,
  openConsentBench,
  PERSON,
  recordOf,
  ruleOf,
  type ConsentBench,
} from './consent-bench.js';

let bench: ConsentBench;
let individual: string;
beforeEach(async () => {
  bench = await openConsentBench();
  individual = await bench.individual();
});

describe('a consent comes to life', () => {
  it('with an attestation of the person in a session of their own', async () => {
    bench.attest('own');
    const answer = await bench.sign(individual, { signature: 'own', verificationSignedAs: 'individual' });
    expect(answer.status).toBe(200);
    expect(ruleOf(answer)).toBe('consent:signed');
    expect(recordOf(answer)).toMatchObject({
      optIn: true,
      state: 'signed',
      live: true,
      fields: ['birthdate', 'income'],
      expiresAt: '2025-03-31T08:00:00.000Z',
    });
    expect(JSON.stringify(recordOf(answer))).not.toContain(NATIONAL_ID);
    await expect(bench.live()).resolves.toEqual({
      consentRecord: recordOf(answer).id,
      fields: ['birthdate', 'income'],
    });
  });

  it('with an officer who names the evidence, as delegate', async () => {
    bench.attest('helped', {
      capacity: 'assisted',
      roles: ['enrollment-officer'],
      evidence: 'scan-17',
      subject: 'officer',
    });
    const answer = await bench.sign(individual, { signature: 'helped', verificationSignedAs: 'delegate' });
    expect(ruleOf(answer)).toBe('consent:signed-assisted');
    expect(answer.body).toMatchObject({
      signature: {
        verificationSignedBy: 'officer',
        verificationSignedAs: 'delegate',
        verificationArtifact: 'scan-17',
      },
      revision: { authorizedByOther: 'officer' },
    });
    expect(await bench.live()).toBeDefined();
  });
});

describe('a consent does not come to life', () => {
  const refusals: readonly [string, string, () => void, Record<string, string>][] = [
    ['without a signature', 'signature:missing', () => undefined, { signature: '' }],
    ['with a forged attestation', 'signature:not-attested', () => undefined, { signature: 'forged' }],
    [
      'with an attestation about another person',
      'signature:other-person',
      () => bench.attest('x', { person: 'person-other' }),
      { signature: 'x' },
    ],
    [
      'with an attestation of another workspace',
      'signature:other-workspace',
      () => bench.attest('x', { workspace: 'w2' as never }),
      { signature: 'x' },
    ],
    [
      'assisted without evidence',
      'assisted:no-evidence',
      () => bench.attest('x', { capacity: 'assisted', roles: ['case-officer'] }),
      { signature: 'x', verificationSignedAs: 'delegate' },
    ],
    [
      'assisted by somebody who is no officer',
      'assisted:no-officer',
      () => bench.attest('x', { capacity: 'assisted', roles: ['payments-maker'], evidence: 'scan-1' }),
      { signature: 'x', verificationSignedAs: 'delegate' },
    ],
    [
      'assisted but signed as the individual',
      'signature:signed-as',
      () => bench.attest('x', { capacity: 'assisted', roles: ['case-officer'], evidence: 'scan-1' }),
      { signature: 'x', verificationSignedAs: 'individual' },
    ],
    [
      'own act signed as a delegate',
      'signature:signed-as',
      () => bench.attest('x'),
      { signature: 'x', verificationSignedAs: 'delegate' },
    ],
    [
      'an act about another matter',
      'signature:other-matter',
      () => bench.attest('x', { agreement: 'feedback' }),
      { signature: 'x' },
    ],
    [
      'a task in which the person refused',
      'signature:other-matter',
      () => bench.attest('x', { decision: 'refused' }),
      { signature: 'x' },
    ],
    [
      'for another payload than the person saw',
      'signature:other-payload',
      () => bench.attest('x'),
      { signature: 'x', verificationPayloadHash: 'ffff' },
    ],
  ];
  it.each(refusals)('%s', async (_name, rule, arrange, signature) => {
    arrange();
    const answer = await bench.sign(individual, signature);
    expect(answer.status).toBe(400);
    expect(ruleOf(answer)).toBe(rule);
    expect((answer.body as { detail: string }).detail.length).toBeGreaterThan(20);
    expect(await bench.live()).toBeUndefined();
    const list = await bench.send(
      'GET',
      `/service/individual/record/consent-record/?individualId=${individual}`,
    );
    expect(list.body).toEqual({ consentRecords: [] });
  });

  it('by the plain creation, which stays unsigned', async () => {
    const answer = await bench.send(
      'POST',
      `/service/individual/record/data-agreement/${AGREEMENT}?individualId=${individual}`,
    );
    expect(recordOf(answer)).toMatchObject({ optIn: false, state: 'unsigned', live: false });
    expect(await bench.live()).toBeUndefined();
  });

  it('by an update with optIn true and no new attestation', async () => {
    await bench.send(
      'POST',
      `/service/individual/record/data-agreement/${AGREEMENT}?individualId=${individual}`,
    );
    const list = await bench.send(
      'GET',
      `/service/individual/record/consent-record/?individualId=${individual}`,
    );
    const { id } = (list.body as { consentRecords: [{ id: string }] }).consentRecords[0];
    const answer = await bench.send('PUT', `/service/individual/record/consent-record/${id}/`, {
      consentRecord: { optIn: true, state: 'signed' },
    });
    expect(ruleOf(answer)).toBe('signature:missing');
    expect(await bench.live()).toBeUndefined();
  });

  it('for an individual without a person reference', async () => {
    const made = await bench.send('POST', '/service/individual/', {
      individual: { externalId: 'a@b.example', externalIdType: 'email' },
    });
    bench.attest('own');
    const answer = await bench.sign((made.body as { individual: { id: string } }).individual.id, {
      signature: 'own',
    });
    expect(ruleOf(answer)).toBe('individual:no-person');
  });

  it('under an inactive agreement, or one that changed after the person saw it', async () => {
    bench.attest('own');
    const inactive = await bench.sign(individual, { signature: 'own' }, { dataAgreement: { id: 'closed' } });
    expect(ruleOf(inactive)).toBe('agreement:inactive');
    const changed = await bench.sign(
      individual,
      { signature: 'own' },
      { dataAgreementRevisionHash: 'older' },
    );
    expect(ruleOf(changed)).toBe('agreement:changed');
  });
});

describe('withdrawal', () => {
  it('needs nobody’s signature, holds at once, and can be repeated', async () => {
    bench.attest('own');
    const { id } = recordOf(await bench.sign(individual, { signature: 'own' }));
    const put = () =>
      bench.send('PUT', `/service/individual/record/consent-record/${id}/`, {
        consentRecord: { optIn: false },
      });
    const answer = await put();
    expect(ruleOf(answer)).toBe('consent:withdrawn');
    expect(recordOf(answer)).toMatchObject({ optIn: false, state: 'unsigned', live: false });
    expect(await bench.live()).toBeUndefined();
    expect(ruleOf(await put())).toBe('repeated');
  });

  it('is undone by a new attestation only', async () => {
    bench.attest('own');
    bench.attest('early', { at: '2025-03-01T07:00:00.000Z' });
    const { id } = recordOf(await bench.sign(individual, { signature: 'own' }));
    bench.clock.forward(1000);
    bench.realClock.forward(1000);
    const put = (change: object) =>
      bench.send('PUT', `/service/individual/record/consent-record/${id}`, { consentRecord: { ...change } });
    await put({ optIn: false });
    expect(ruleOf(await put({ optIn: true, signature: { signature: 'own' } }))).toBe('signature:used-before');
    expect(ruleOf(await put({ optIn: true, signature: { signature: 'early' } }))).toBe(
      'signature:before-withdrawal',
    );
    expect(await bench.live()).toBeUndefined();
    bench.attest('anew');
    expect(ruleOf(await put({ optIn: true, signature: { signature: 'anew' } }))).toBe('consent:signed');
    expect(await bench.live()).toBeDefined();
  });

  it('records a refusal of somebody who never consented, with the proof of who refused', async () => {
    bench.attest('no');
    const answer = await bench.sign(individual, { signature: 'no' }, { optIn: false });
    expect(ruleOf(answer)).toBe('consent:refused');
    expect(recordOf(answer)).toMatchObject({ optIn: false, state: 'signed', live: false });
    expect(answer.body).toMatchObject({ revision: { authorizedByIndividual: { externalId: PERSON } } });
    expect(await bench.live()).toBeUndefined();
  });
});

describe('what the mediator sees', () => {
  it('ends with the expiry on the workspace clock', async () => {
    bench.attest('own');
    await bench.sign(individual, { signature: 'own' });
    bench.clock.set('2025-03-31T07:59:59.000Z');
    expect(await bench.live()).toBeDefined();
    bench.clock.set('2025-03-31T08:00:00.000Z');
    expect(await bench.live()).toBeUndefined();
    const audit = await bench.send('GET', '/audit/consent-records/');
    expect(audit.body).toMatchObject({ consentRecords: [{ live: false, state: 'signed' }] });
  });

  it('may end earlier than the agreement says, never later', async () => {
    bench.attest('short');
    const short = await bench.sign(individual, { signature: 'short' }, { expiresAt: '2025-03-02T08:00:00Z' });
    expect(recordOf(short).expiresAt).toBe('2025-03-02T08:00:00.000Z');
    bench.attest('long');
    const long = await bench.sign(individual, { signature: 'long' }, { expiresAt: '2030-01-01T00:00:00Z' });
    expect(recordOf(long).expiresAt).toBe('2025-03-31T08:00:00.000Z');
  });

  it('is nothing under another agreement, for another person, or once the agreement is gone', async () => {
    bench.attest('own');
    await bench.sign(individual, { signature: 'own' });
    expect(await bench.live(NATIONAL_ID, 'closed')).toBeUndefined();
    expect(await bench.live('1111111111')).toBeUndefined();
    await bench.send('DELETE', `/config/data-agreement/${AGREEMENT}/`);
    expect(await bench.live()).toBeUndefined();
  });

  it('covers only fields that were signed and are still in the agreement', async () => {
    bench.attest('own');
    await bench.sign(individual, { signature: 'own' });
    const answer = await bench.send('PUT', `/config/data-agreement/${AGREEMENT}/`, {
      dataAgreement: {
        purpose: 'Less and other data',
        lawfulBasis: 'consent',
        attributes: [{ name: 'birthdate' }, { name: 'land' }],
      },
    });
    expect(answer.status).toBe(200);
    expect((await bench.live())?.fields).toEqual(['birthdate']);
  });

  it('cannot be reached under a foundational identifier that belongs to another individual', async () => {
    const second = await bench.send('POST', '/service/individual/', {
      individual: {
        externalId: 'person-other',
        externalIdType: 'person-ref',
        identityProviderId: NATIONAL_ID,
      },
    });
    expect(ruleOf(second)).toBe('individual:claimed');
    bench.attest('own');
    await bench.sign(individual, { signature: 'own' });
    const moved = await bench.send('PUT', `/service/individual/${individual}/`, {
      individual: { externalId: 'person-other' },
    });
    expect(ruleOf(moved)).toBe('individual:bound');
  });
});

describe('repetition', () => {
  it('answers the same under the same Idempotency-Key, and the same record under another', async () => {
    bench.attest('own');
    const first = await bench.sign(individual, { signature: 'own' }, {}, 'key-1');
    const again = await bench.sign(individual, { signature: 'own' }, {}, 'key-1');
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replay']).toBe('true');
    const other = await bench.sign(individual, { signature: 'own' }, {}, 'key-2');
    expect(ruleOf(other)).toBe('repeated');
    expect(recordOf(other).id).toBe(recordOf(first).id);
    expect((await bench.sign(individual, { signature: 'own' }, { optIn: false }, 'key-1')).status).toBe(422);
    expect(await bench.live()).toBeDefined();
  });
});

describe('an identifier that no store can hold', () => {
  it('is refused, and leaves nothing behind that stops the block', async () => {
    const fresh = await openConsentBench();
    const policy = { id: 'p'.repeat(1_000), name: 'P', version: '1', url: 'https://policy.example/p' };
    const refused = await fresh.send('POST', '/config/policy/', { policy });
    expect(refused).toMatchObject({ status: 400, body: { rule: 'invalid-request' } });
    expect((await fresh.send('POST', '/config/policy/', { policy: { ...policy, id: 'p' } })).status).toBe(
      200,
    );
    expect((await fresh.send('GET', '/config/policies/')).status).toBe(200);
  });
});
