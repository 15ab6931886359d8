import { createHash } from 'node:crypto';
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
beforeEach(async () => {
  bench = await openConsentBench();
});

interface RevisionBody {
  readonly serializedSnapshot: string;
  readonly serializedHash: string;
  readonly predecessorHash?: string;
  readonly successor?: { readonly serializedHash: string };
}

describe('individuals', () => {
  it('are created once, read, listed and completed', async () => {
    const id = await bench.individual();
    expect(await bench.individual()).toBe(id);
    const read = await bench.send('GET', `/service/individual/${id}/`);
    expect(read.body).toEqual({
      individual: { id, externalId: PERSON, externalIdType: 'person-ref', identityProviderId: NATIONAL_ID },
    });
    const list = await bench.send('GET', `/service/individuals/?externalId=${PERSON}`);
    expect((list.body as { individuals: unknown[] }).individuals).toHaveLength(1);
    const exists = await bench.send('POST', '/service/individual', {
      individual: { id, externalId: 'person-other' },
    });
    expect(ruleOf(exists)).toBe('individual:exists');
  });

  it('get the mediator’s view as soon as their foundational identifier is known', async () => {
    const made = await bench.send('POST', '/service/individual/', {
      individual: { externalId: PERSON, externalIdType: 'person-ref' },
    });
    const { id } = (made.body as { individual: { id: string } }).individual;
    bench.attest('own');
    await bench.sign(id, { signature: 'own' });
    expect(await bench.live()).toBeUndefined();
    const updated = await bench.send('PUT', `/service/individual/${id}/`, {
      individual: { identityProviderId: NATIONAL_ID },
    });
    expect(updated.status).toBe(200);
    expect(await bench.live()).toBeDefined();
  });

  it.each([
    ['an unknown member', { individual: { nationalId: '1' } }],
    ['no individual', {}],
  ])('are refused with %s', async (_name, body) => {
    const answer = await bench.send('POST', '/service/individual/', body);
    expect(answer.status).toBe(400);
    expect(ruleOf(answer)).toBe('invalid-request');
  });

  it('are refused when unknown', async () => {
    expect((await bench.send('GET', '/service/individual/nobody/')).status).toBe(400);
    expect((await bench.send('PUT', '/service/individual/nobody/', { individual: {} })).status).toBe(400);
  });
});

describe('data agreements', () => {
  it('are created, replaced and deleted, each time with a revision that names its predecessor', async () => {
    const body = {
      dataAgreement: { id: 'a', purpose: 'Pay', lawfulBasis: 'consent', attributes: [{ name: 'account' }] },
    };
    expect(ruleOf(await bench.send('POST', '/config/data-agreement/', body))).toBe('created');
    expect(ruleOf(await bench.send('POST', '/config/data-agreement/', body))).toBe('repeated');
    const other = await bench.send('POST', '/config/data-agreement/', {
      dataAgreement: { ...body.dataAgreement, purpose: 'Other' },
    });
    expect(ruleOf(other)).toBe('data-agreement:exists');
    await bench.send('PUT', '/config/data-agreement/a/', {
      dataAgreement: { ...body.dataAgreement, purpose: 'Pay better' },
    });
    await bench.send('DELETE', '/config/data-agreement/a/');
    expect((await bench.send('GET', '/config/data-agreement/a/')).status).toBe(400);
    const audit = await bench.send('GET', '/audit/data-agreement/a/');
    const { revisions } = audit.body as unknown as { revisions: RevisionBody[] };
    expect(revisions).toHaveLength(3);
    for (const [index, revision] of revisions.entries()) {
      const hash = createHash('sha1').update(revision.serializedSnapshot).digest('hex');
      expect(revision.serializedHash).toBe(hash);
      expect(revision.predecessorHash).toBe(revisions[index - 1]?.serializedHash);
      expect(revision.successor?.serializedHash).toBe(revisions[index + 1]?.serializedHash);
    }
    expect(revisions[1]?.serializedSnapshot).toContain('Pay better');
    const listed = await bench.send('GET', '/config/data-agreement/a/revisions/');
    expect((listed.body as { revisions: unknown[] }).revisions).toHaveLength(3);
  });

  it('are read and listed; a service sees active ones only', async () => {
    const read = await bench.send('GET', `/service/data-agreement/${AGREEMENT}/`);
    expect(read.body).toMatchObject({
      dataAgreement: { id: AGREEMENT, attributes: [{ name: 'birthdate' }, { name: 'income' }] },
    });
    expect((await bench.send('GET', '/service/data-agreement/closed/')).status).toBe(400);
    expect((await bench.send('GET', '/config/data-agreement/closed/')).status).toBe(200);
    const list = await bench.send('GET', '/config/data-agreements/?limit=1&offset=1');
    expect((list.body as { dataAgreement: { id: string }[] }).dataAgreement.map(({ id }) => id)).toEqual([
      AGREEMENT,
    ]);
    const audit = await bench.send('GET', '/audit/data-agreements/');
    expect((audit.body as { dataAgreements: unknown[] }).dataAgreements).toHaveLength(2);
  });

  it('are refused without a purpose, with an unknown lawful basis, and with a bad page', async () => {
    const send = (dataAgreement: object) =>
      bench.send('POST', '/config/data-agreement/', { dataAgreement: { ...dataAgreement } });
    expect((await send({ lawfulBasis: 'consent' })).status).toBe(400);
    expect((await send({ purpose: 'x', lawfulBasis: 'because' })).status).toBe(400);
    expect((await bench.send('GET', '/config/data-agreements/?limit=0')).status).toBe(400);
  });
});

describe('policies', () => {
  it('are created, read at a revision, and listed', async () => {
    const policy = { id: 'p', name: 'P', version: '1', url: 'https://policy.example/p' };
    const made = await bench.send('POST', '/config/policy/', { policy });
    const revision = (made.body as { revision: { id: string } }).revision.id;
    expect(ruleOf(await bench.send('POST', '/config/policy/', { policy }))).toBe('repeated');
    expect(ruleOf(await bench.send('POST', '/config/policy/', { policy: { ...policy, name: 'Q' } }))).toBe(
      'policy:exists',
    );
    expect((await bench.send('GET', `/config/policy/p/?revisionId=${revision}`)).body).toMatchObject({
      policy,
    });
    expect((await bench.send('GET', '/service/policy/p/')).body).toMatchObject({ policy });
    expect((await bench.send('GET', '/config/policy/p/?revisionId=none')).status).toBe(400);
    expect((await bench.send('GET', '/config/policies/')).body).toMatchObject({
      policies: [{ id: 'p' }, { id: 'social' }],
    });
    expect((await bench.send('POST', '/config/policy/', { policy: { name: 'P' } })).status).toBe(400);
  });
});

describe('consent records', () => {
  it('are drafted without storing anything, and the draft can be signed as it is', async () => {
    const individual = await bench.individual();
    const drafted = await bench.send(
      'POST',
      `/service/individual/record/consent-record/draft/?individualId=${individual}&dataAgreementId=${AGREEMENT}`,
    );
    const draft = drafted.body as { consentRecord: object; signature: object };
    expect(draft).toMatchObject({
      consentRecord: { id: '', optIn: false, state: 'unsigned' },
      signature: { signature: '' },
    });
    expect((await bench.send('GET', '/audit/consent-records/')).body).toEqual({ consentRecords: [] });
    bench.attest('own');
    const signed = await bench.send('POST', '/service/individual/record/consent-record/', {
      consentRecord: { ...draft.consentRecord, optIn: true },
      signature: { ...draft.signature, signature: 'own' },
    });
    expect(signed.status).toBe(200);
    expect(recordOf(signed).live).toBe(true);
  });

  it('are read by the individual, by agreement, for verification and for the audit', async () => {
    const individual = await bench.individual();
    bench.attest('own');
    const { id } = recordOf(await bench.sign(individual, { signature: 'own' }));
    for (const path of [
      `/service/individual/record/data-agreement/${AGREEMENT}/?individualId=${individual}`,
      `/service/verification/consent-record/${id}/`,
      `/audit/consent-record/${id}/`,
    ]) {
      const answer = await bench.send('GET', path);
      expect(recordOf(answer)).toMatchObject({ id, live: true });
    }
    for (const path of [
      `/service/individual/record/data-agreement/${AGREEMENT}/all/`,
      `/service/verification/consent-records/?dataAgreementId=${AGREEMENT}&individualId=${individual}`,
      '/audit/consent-records/',
    ]) {
      const answer = await bench.send('GET', path);
      expect(answer.body).toMatchObject({ consentRecords: [{ id }] });
    }
    const none = await bench.send('GET', '/service/verification/consent-records/?dataAgreementId=closed');
    expect(none.body).toEqual({ consentRecords: [] });
  });

  it('are refused when something is unknown or missing', async () => {
    const individual = await bench.individual();
    const statuses = await Promise.all([
      bench.send('POST', `/service/individual/record/consent-record/draft/?individualId=${individual}`),
      bench.send(
        'POST',
        `/service/individual/record/consent-record/draft/?individualId=x&dataAgreementId=${AGREEMENT}`,
      ),
      bench.send('POST', `/service/individual/record/data-agreement/none/?individualId=${individual}`),
      bench.send('GET', `/service/individual/record/data-agreement/${AGREEMENT}/?individualId=${individual}`),
      bench.send('GET', '/service/individual/record/consent-record/'),
      bench.send('GET', '/service/verification/consent-record/none/'),
      bench.send('GET', '/audit/consent-record/none/'),
      bench.send('PUT', '/service/individual/record/consent-record/none/', {
        consentRecord: { optIn: false },
      }),
      bench.send('POST', '/service/individual/record/consent-record/', { consentRecord: { optIn: true } }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual(statuses.map(() => 400));
  });
});
