import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { textOf, type JsonObject } from '../../../contracts/json.js';
import { AGREEMENT, openConsentBench, recordOf, ruleOf, type ConsentBench } from './consent-bench.js';

let bench: ConsentBench;
beforeEach(async () => {
  bench = await openConsentBench();
});

const RECORD = '/service/individual/record';
const policy = { id: 'social', name: 'Social data policy', version: '2', url: 'https://policy.example/2' };

describe('the life of a policy', () => {
  it('keeps every revision, and ends only when no active agreement is under it', async () => {
    const updated = await bench.send('PUT', '/config/policy/social/', { policy });
    expect(updated.body).toMatchObject({ policy: { version: '2' }, revision: { objectId: 'social' } });
    const history = await bench.send('GET', '/config/policy/social/revisions/');
    const { revisions } = history.body as { revisions: readonly JsonObject[] };
    expect(revisions).toHaveLength(2);
    expect(revisions[1]?.predecessorHash).toBe(revisions[0]?.serializedHash);
    expect(ruleOf(await bench.send('DELETE', '/config/policy/social/'))).toBe('policy:in-use');
    await bench.send('DELETE', `/config/data-agreement/${AGREEMENT}/`);
    const deleted = await bench.send('DELETE', '/config/policy/social/');
    expect([deleted.status, ruleOf(deleted)]).toEqual([200, 'deleted']);
    expect(ruleOf(await bench.send('DELETE', '/config/policy/social/'))).toBe('repeated');
    expect((await bench.send('GET', '/config/policy/social/')).status).toBe(400);
    const first = textOf(revisions[0]?.id);
    const old = await bench.send('GET', `/config/policy/social/?revisionId=${encodeURIComponent(first)}`);
    expect(old.body).toMatchObject({ policy: { version: '1.0.0' } });
  });
});

describe('the signature of a consent record', () => {
  async function undecided(): Promise<string> {
    const individual = await bench.individual();
    const created = await bench.send(
      'POST',
      `${RECORD}/data-agreement/${AGREEMENT}/?individualId=${individual}`,
    );
    return recordOf(created).id;
  }

  it('is drafted, then completed by an attestation, which opts the record in', async () => {
    const id = await undecided();
    const path = `${RECORD}/consent-record/${id}/signature/`;
    const drafted = await bench.send('POST', path, { signature: { signature: '' } });
    expect(drafted).toMatchObject({ status: 200, body: { signature: { signature: '' } } });
    expect(await bench.live()).toBeUndefined();
    const unattested = await bench.send('PUT', path, { signature: { signature: 'forged' } });
    expect(ruleOf(unattested)).toBe('signature:not-attested');
    bench.attest('own');
    const signed = await bench.send('PUT', path, { signature: { signature: 'own' } });
    expect(signed).toMatchObject({ status: 200, body: { signature: { signature: 'own' } } });
    expect(await bench.live()).toMatchObject({ consentRecord: id });
    expect(ruleOf(await bench.send('POST', path, { signature: { signature: '' } }))).toBe('signature:exists');
  });
});

describe('the right to be forgotten', () => {
  it('leaves what is not forgettable, deletes what is, and lets no old attestation bring it back', async () => {
    const individual = await bench.individual();
    bench.attest('own');
    const { id } = recordOf(await bench.sign(individual, { signature: 'own' }));
    const forget = () => bench.send('DELETE', `${RECORD}/?individualId=${individual}`);
    expect(ruleOf(await forget())).toBe('nothing-to-delete');
    expect(await bench.live()).toBeDefined();
    const agreement = (await bench.send('GET', `/config/data-agreement/${AGREEMENT}/`)).body as {
      dataAgreement: JsonObject;
    };
    await bench.send('PUT', `/config/data-agreement/${AGREEMENT}/`, {
      dataAgreement: { ...agreement.dataAgreement, forgettable: true },
    });
    expect(ruleOf(await forget())).toBe('deleted');
    expect(await bench.live()).toBeUndefined();
    expect((await bench.send('GET', `/audit/consent-record/${id}/`)).status).toBe(400);
    expect(ruleOf(await bench.sign(individual, { signature: 'own' }))).toBe('signature:before-deletion');
    bench.clock.forward(1000);
    bench.attest('again');
    expect((await bench.sign(individual, { signature: 'again' })).status).toBe(200);
  });
});

describe('webhooks', () => {
  it('are told of each decision once, signed with their own key, unless they are disabled', async () => {
    const hook = (id: string, disabled: boolean) =>
      bench.send('POST', '/config/webhook/', {
        webhook: {
          id,
          payloadUrl: `https://clinic.example/${id}`,
          contentType: 'application/json',
          disabled,
          secretKey: `key of ${id}`,
        },
      });
    await hook('on', false);
    await hook('off', true);
    const individual = await bench.individual();
    bench.attest('own');
    await bench.sign(individual, { signature: 'own' });
    await bench.sign(individual, { signature: 'own' });
    await bench.sign(individual, { signature: '' }, { optIn: false });
    expect(bench.callbacks.map(({ callback }) => callback.url)).toEqual([
      'https://clinic.example/on',
      'https://clinic.example/on',
    ]);
    const [granted, withdrawn] = bench.callbacks.map(({ callback }) => callback);
    expect(granted?.body).toMatchObject({
      webhookEvent: { name: 'consent.granted' },
      consentRecord: { optIn: true },
    });
    expect(withdrawn?.body).toMatchObject({ webhookEvent: { name: 'consent.withdrawn' } });
    const mac = createHmac('sha256', 'key of on').update(JSON.stringify(granted?.body)).digest('hex');
    expect(granted?.headers?.['x-consentbb-signature']).toBe(`sha256=${mac}`);
  });
});
