import { z } from 'zod';
import type { BlockDefinition } from '../kit/block-definition.js';
import { anyObject, instant, text } from '../kit/document-schemas.js';
import type { IdentityState } from './state.js';

const texts = z.array(z.string());

export const collections: NonNullable<BlockDefinition<IdentityState>['collections']> = {
  persons: {
    title: 'People of the (invented) foundational register, with their claims',
    schema: z.strictObject({ claims: anyObject }),
  },
  clients: {
    title: 'Relying parties',
    schema: z.strictObject({
      clientName: text,
      relyingPartyId: text,
      logoUri: z.string(),
      redirectUris: texts,
      authContextRefs: texts,
      userClaims: texts,
      status: z.enum(['active', 'inactive']),
      publicKey: anyObject.optional(),
    }),
  },
  transactions: {
    title: 'Sign-ins under way',
    schema: z.looseObject({ clientId: text, linkCode: z.string() }),
  },
  keys: { title: 'Signing keys', secret: true },
  packets: {
    title: 'Enrollment packets',
    schema: z.strictObject({ receivedAt: instant, request: anyObject }),
  },
};
