import { z } from 'zod';
import { countryIdSchema, DEFAULT_COUNTRY } from './country.js';
import { workspaceIdSchema, type WorkspaceId } from './ids.js';
import { workspaceLimits } from './limits.js';

/** 20 letters and digits: 103 bits, more than anybody can guess. */
export const WORKSPACE_ID_LENGTH = 20;
export const WORKSPACE_ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits that nobody takes for one another on a projector: no 0 and O, no 1, I and L, no 2 and Z ... */
export const JOIN_CODE_ALPHABET = '34679ACDEFGHJKMNPQRTUVWXY';
export const JOIN_CODE_LENGTH = 8;

/** What people type: lower case, with or without the dash. */
export const joinCodeSchema = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
  .pipe(
    z
      .string()
      .regex(new RegExp(`^[${JOIN_CODE_ALPHABET}]{${JOIN_CODE_LENGTH}}$`), 'is of the form XXXX-XXXX'),
  );

/** As it is shown: XXXX-XXXX. */
export function shownJoinCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What the blocks begin with: the people and records of the use cases, or nothing. */
export const workspaceSeeds = ['default', 'empty'] as const;
export type WorkspaceSeed = (typeof workspaceSeeds)[number];

const limitsSchema = z.strictObject(
  Object.fromEntries(workspaceLimits.map((name) => [name, z.int().min(1).optional()])) as Record<
    (typeof workspaceLimits)[number],
    z.ZodOptional<z.ZodInt>
  >,
);
export type WorkspaceLimits = z.infer<typeof limitsSchema>;

const localeSchema = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag, such as en or ar');
const titleSchema = z.string().trim().min(1).max(80);
/** On the machine's clock, never on the workspace's. */
const expirySchema = z.iso.datetime();

export const newWorkspaceSchema = z.strictObject({
  title: titleSchema,
  expiresAt: expirySchema.optional(),
  limits: limitsSchema.optional(),
  /** A country pack: its names, places, money and colours. */
  country: countryIdSchema.optional(),
  /** The language of its people; that of the country when absent. */
  locale: localeSchema.optional(),
  seed: z.enum(workspaceSeeds).optional(),
});
export type NewWorkspace = z.infer<typeof newWorkspaceSchema>;

/** How a workspace begins anew; what is absent stays as it is. Another country brings its language, unless one is named. */
export const workspaceResetSchema = newWorkspaceSchema.pick({ country: true, locale: true, seed: true });
export type WorkspaceReset = z.infer<typeof workspaceResetSchema>;

export const workspaceChangeSchema = z.strictObject({
  title: titleSchema.optional(),
  /** Null: it does not expire any more. */
  expiresAt: expirySchema.nullable().optional(),
  limits: limitsSchema.optional(),
});
export type WorkspaceChange = z.infer<typeof workspaceChangeSchema>;

export const snapshotNameSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters and digits, joined by dashes')
  .max(40);

/** Something that empties or replaces a workspace and was begun; whoever finds it after a crash does it again. */
const pendingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reset'), by: z.string(), as: workspaceResetSchema.optional() }),
  z.object({ kind: z.literal('restore'), by: z.string(), snapshot: z.string() }),
  z.object({ kind: z.literal('remove'), by: z.string() }),
]);
export type PendingUpkeep = z.infer<typeof pendingSchema>;

/** A tenant of the sandbox, as it is stored. The default workspace of older data has `_id` and `seededAt` only. */
export const workspaceSchema = z.object({
  _id: workspaceIdSchema,
  title: z.string().default('Default workspace'),
  joinCode: z.string().optional(),
  createdAt: z.string().optional(),
  /** The account that made it, and its user name. */
  owner: z.string().optional(),
  createdBy: z.string().optional(),
  expiresAt: z.string().optional(),
  limits: limitsSchema.default({}),
  country: z.string().default(DEFAULT_COUNTRY),
  locale: z.string().default('en'),
  seed: z.enum(workspaceSeeds).default('default'),
  /** Stands for it in callback addresses, which must be short and must not open it: see app/callback-url.ts. */
  tag: z.string().optional(),
  seededAt: z.string().optional(),
  pending: pendingSchema.optional(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** A workspace to those who manage it. */
export interface WorkspaceView {
  readonly id: WorkspaceId;
  readonly title: string;
  /** XXXX-XXXX; absent for the default workspace, which needs none. */
  readonly joinCode?: string;
  /** Where its tree begins, without a slash at the end. */
  readonly url: string;
  readonly createdAt?: string;
  readonly createdBy?: string;
  readonly expiresAt?: string;
  readonly limits: WorkspaceLimits;
  /** The id of its country pack. */
  readonly country: string;
  readonly locale: string;
  readonly seed: WorkspaceSeed;
}

export interface SnapshotView {
  readonly name: string;
  readonly takenAt: string;
  readonly takenBy: string;
  /** On the workspace's clock. */
  readonly workspaceTime: string;
  readonly documents: number;
  readonly entries: number;
  /** Compressed. */
  readonly bytes: number;
}
