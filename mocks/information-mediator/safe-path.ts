import { decodePart } from './member-path.js';

/**
 * Whether a path means one place only. Dot segments, also hidden in an encoded slash, could mean another place to
 * the system behind the mediator than to the mediator, which compares access rights and fixed parameters.
 */
export function isUnambiguousPath(path: string): boolean {
  if (!path.startsWith('/') || /[\\?#\0]/.test(path)) return false;
  return path
    .slice(1)
    .split('/')
    .every((segment) => {
      const text = decodePart(segment);
      return text !== undefined && text.split(/[/\\]/).every((part) => part !== '.' && part !== '..');
    });
}
