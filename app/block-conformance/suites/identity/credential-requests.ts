import { exportJWK, generateKeyPair } from 'jose';
import type { JsonObject } from '../../../../contracts/json.js';
import type { Answer, CallParts, CheckContext } from '../../suite.js';
import { bearer, tokens, wrapped } from './sign-in.js';

const PARTNER = { 'PARTNER-ID': 'conformance', 'PARTNER-API-KEY': 'conformance' };

/** A key that was never bound to anybody. */
export async function newKey(): Promise<JsonObject> {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(publicKey)) };
}

export const binding = (c: CheckContext, publicKey: JsonObject, code?: string): CallParts =>
  wrapped(
    {
      individualId: c.fixtures.text('individualId'),
      authFactorType: 'WLA',
      format: 'jwt',
      challengeList: [
        { authFactorType: 'OTP', challenge: code ?? c.fixtures.text('oneTimePassword'), format: 'number' },
      ],
      publicKey,
    },
    PARTNER,
  );

/** What goes with every request of somebody who is signed in. */
export const session = async (c: CheckContext, individualId?: string): Promise<CallParts> =>
  bearer((await tokens(c, individualId)).answer);

export const sharing = (
  c: CheckContext,
  headers: CallParts['headers'],
  more: JsonObject = {},
): CallParts => ({
  ...(headers === undefined ? {} : { headers }),
  body: {
    id: 'check',
    version: '1.0',
    request: {
      partnerId: 'conformance',
      sharableAttributes: [
        { attributeName: c.fixtures.text('claim') },
        { attributeName: c.fixtures.text('otherClaim'), isMasked: true },
      ],
      purpose: 'Conformance check',
      consent: 'Accepted',
      ...more,
    },
  },
});

export const eventOf = ({ headers }: Answer): string => headers.eventid ?? '';

export const history = (signedIn: CallParts): CallParts => ({
  path: { langCode: 'eng' },
  query: { fromDate: '2000-01-01', pageStart: '0', pageFetch: '100' },
  headers: { ...signedIn.headers, locale: 'en', 'time-zone-offset': '0' },
});

export const managing = (c: CheckContext): CallParts => ({
  body: { request: { id: c.fixtures.text('spareIndividualId'), idType: 'UIN' } },
});

export const ownUpdate = (c: CheckContext, identity: JsonObject, otp?: string): CallParts => ({
  body: {
    request: {
      individualId: c.fixtures.text('spareIndividualId'),
      otp: otp ?? c.fixtures.text('oneTimePassword'),
      identityJson: Buffer.from(JSON.stringify({ identity })).toString('base64'),
    },
  },
});

export const adminUpdate = (c: CheckContext, more: JsonObject): CallParts => ({
  body: { request: { uin: c.fixtures.text('spareIndividualId'), ...more } },
});
