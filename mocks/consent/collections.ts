import { z } from 'zod';
import { anyObject, instant, text } from '../kit/document-schemas.js';
import type { BlockDefinition } from '../kit/block-definition.js';
import type { ConsentState } from './state.js';

const fields = z.array(text);

export const collections: NonNullable<BlockDefinition<ConsentState>['collections']> = {
  individuals: {
    title: 'People who can consent',
    schema: z.strictObject({
      externalId: z.string().optional(),
      externalIdType: z.string().optional(),
      identityProviderId: z.string().optional(),
    }),
  },
  policies: { title: 'Policies', schema: z.strictObject({ policy: anyObject, revision: text }) },
  agreements: {
    title: 'Data agreements: purpose, fields, how long',
    schema: z.strictObject({
      agreement: anyObject,
      attributes: z.array(
        z.strictObject({
          id: text,
          name: text,
          category: z.string(),
          sensitivity: z.string(),
          service: text.optional(),
        }),
      ),
      active: z.boolean(),
      deleted: z.boolean(),
      consentValidDays: z.int().min(1).optional(),
      revision: text,
      revisionHash: text,
    }),
  },
  records: {
    title: 'Consent records: who agreed to what',
    schema: z.strictObject({
      agreement: text,
      agreementRevision: text,
      agreementRevisionHash: text,
      individual: text,
      optIn: z.boolean(),
      state: z.enum(['unsigned', 'pending more signatures', 'signed']),
      fields,
      signature: anyObject.optional(),
      attestedBy: z.array(z.string()),
      grantedAt: instant.optional(),
      expiresAt: instant.optional(),
      withdrawnAt: instant.optional(),
      revision: text,
    }),
  },
  revisions: { title: 'Earlier states of all of these', schema: z.strictObject({ revision: anyObject }) },
  live: {
    title: 'Live consents, as the information mediator asks for them',
    schema: z.strictObject({ consentRecord: text, agreement: text, fields, expiresAt: instant.optional() }),
  },
};
