import { z } from 'zod';
import type { WorkspaceId } from './ids.js';
import type { Json } from './json.js';

/** As it stands in `use.secrets` and in an address of the API. */
export const secretNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/,
    'up to 120 letters, digits, dots, dashes and underscores, beginning with a letter or digit',
  );

/** In bytes of JSON. */
export const LARGEST_SECRET = 64 * 1024;

/**
 * What workflows know and nobody may read: passwords, keys, whole authentication policies. Per workspace. A value is
 * JSON, so that a policy's properties can be one secret (`basic: {use: registry}`). Values leave by `resolve` only.
 */
export interface Secrets {
  /**
   * The values of these names; those that are not stored are left out. Raises GSB-CFG-001 when a value was written with
   * another key.
   */
  resolve(workspace: WorkspaceId, names: readonly string[]): Promise<Readonly<Record<string, Json>>>;
  /** Writes or replaces. Raises GSB-REQ-001 for a name that is none, or a value that is too large. */
  set(workspace: WorkspaceId, name: string, value: Json): Promise<void>;
  /** False when there was none. */
  remove(workspace: WorkspaceId, name: string): Promise<boolean>;
  /** Names only, in order. */
  list(workspace: WorkspaceId): Promise<readonly string[]>;
}
