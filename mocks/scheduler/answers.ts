import { createHash } from 'node:crypto';
import { SandboxError } from '../../contracts/problems.js';
import { idName, type Kind } from './kinds.js';

export function invalid(detail: string): SandboxError {
  return new SandboxError('GSB-REQ-001', { detail });
}

/** `near`: what may have been meant, as `nearIds` says it. */
export function notFound(field: string, id: string, near = ''): SandboxError {
  return new SandboxError('GSB-REQ-002', { detail: `${field} ${id} is not known${near}` });
}

/** `event_id:12345`; several identifiers are separated by commas. */
export function createdText(kind: Kind, ids: readonly string[]): string {
  return `${idName(kind)}:${ids.join(',')}`;
}

/** Short identifiers that are the same when a request is repeated under its key. */
export function mintId(kind: Kind, key: string, index: number): string {
  return createHash('sha256').update(`${kind.name} ${key} ${index}`).digest('hex').slice(0, 12);
}

/** The instant of a date-time; without a zone it is UTC. */
export function instantOf(text: unknown): number {
  if (typeof text !== 'string') return Number.NaN;
  return Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
}
