import { textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import { everyPage, idsOf } from './looking.js';
import { decide, newAgreement, newIndividual, newWebhook, webhookBody } from './requests.js';

/** Webhooks, and what they are told. */
export function webhookScenarios(): readonly Scenario[] {
  return [
    {
      id: 'webhook-life',
      title: 'A webhook is made, read, listed, replaced and deleted',
      operations: [
        'configWebhookCreate',
        'configWebhookRead',
        'configWebhookList',
        'configWebhookUpdate',
        'configWebhookDelete',
      ],
      play: async (c) => {
        const path = { webhookId: await newWebhook(c) };
        const { secretKey: _secret, ...shown } = webhookBody();
        const listed = async (): Promise<boolean> =>
          idsOf(await everyPage(c, 'configWebhookList', 'webhooks')).includes(path.webhookId);
        c.holds(
          (await c.call('configWebhookRead', { path })).body,
          { webhook: { ...shown, id: path.webhookId } },
          'what is created is read back',
        );
        c.expect(await listed(), 'what is created is listed', 'it is not there');
        const payloadUrl = 'http://127.0.0.1:9/elsewhere';
        await c.call('configWebhookUpdate', { path, body: { webhook: { ...webhookBody(), payloadUrl } } });
        c.holds(
          (await c.call('configWebhookRead', { path })).body,
          { webhook: { ...shown, payloadUrl } },
          'a change is read back',
        );
        await c.call('configWebhookDelete', { path });
        c.expect(!(await listed()), 'what is deleted is listed no more', 'it is still there');
        await c.call('configWebhookRead', { path }, 'refused');
        await c.call('configWebhookDelete', { path }, 'refused');
      },
    },
    {
      id: 'webhook-told',
      title: 'A webhook is told of a decision, signed with its key',
      operations: [
        'configWebhookCreate',
        'configWebhookDelete',
        'serviceIndividualConsentRecordSignatureCreate',
      ],
      extension: true,
      play: async (c) => {
        const url = c.callbackUrl();
        const webhookId = await newWebhook(c, url);
        const who = { agreement: await newAgreement(c), individual: await newIndividual(c) };
        const record = textAt(await decide(c, who, false), 'consentRecord', 'id');
        const { headers } = await c.callback(
          url,
          undefined,
          (body) => textAt(body, 'consentRecord', 'id') === record,
        );
        c.expect(
          headers['x-consentbb-signature'] !== undefined,
          'a delivery is signed with the key of its webhook',
          'it came without a signature',
        );
        await c.call('configWebhookDelete', { path: { webhookId } });
      },
    },
  ];
}
