import { z } from 'zod';
import type { BlockDefinition } from '../kit/block-definition.js';
import { count, instant, text } from '../kit/document-schemas.js';
import { statuses, type MessagingState } from './state.js';

const channel = z.enum(['email', 'sms']);

export const collections: NonNullable<BlockDefinition<MessagingState>['collections']> = {
  requests: {
    title: 'What was asked to be sent',
    schema: z.strictObject({
      channel,
      at: instant,
      sender: z.string(),
      title: z.string().optional(),
      content: z.string(),
      locale: text,
      recipients: z.array(
        z.strictObject({
          to: text,
          name: z.string().optional(),
          also: z.array(text).optional(),
          content: z.string().optional(),
        }),
      ),
      phase: z.enum(['scheduled', 'deferred', 'complete']),
      counts: z.strictObject(Object.fromEntries(statuses.map((status) => [status, count]))),
    }),
  },
  messages: {
    title: 'Messages, as their recipients would hold them',
    schema: z.strictObject({
      requestUid: text,
      channel,
      at: instant,
      sender: z.string(),
      recipient: text,
      recipientName: z.string().optional(),
      title: z.string().optional(),
      text: z.string(),
      status: z.enum(statuses),
      reason: z.string().optional(),
    }),
  },
  notices: { title: 'The training notice, by language', schema: z.strictObject({ text }) },
  allowed: { title: 'Addresses beyond the reserved ones that may get messages', schema: z.strictObject({}) },
};
