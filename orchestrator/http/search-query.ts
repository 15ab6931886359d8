import { z } from 'zod';
import { blockIds } from '../../contracts/block.js';

/** An instant, or a day that stands for its first moment; made comparable with the instants that are stored. */
const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be an instant such as 2026-01-05T09:00:00Z, or a day',
  })
  .transform((text) => new Date(text).toISOString());

/** What runs and cases are both found by. */
export const searchQuery = {
  useCase: z.string().optional(),
  person: z.string().optional(),
  block: z.enum(blockIds).optional(),
  since: instant.optional(),
  until: instant.optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};
