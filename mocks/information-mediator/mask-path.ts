import type { MatchedOperation } from './ports.js';

/** Path parameters that never name a person. */
const PUBLIC_PARAMETERS = new Set(['registryName', 'versionNumber', 'version', 'field', 'ext']);

/**
 * The path for the public part of the message log: the operation's template, with only those values filled in that
 * the service fixes or that never name a person. An unknown operation shows nothing of its path.
 */
export function maskPath(
  operation: MatchedOperation | undefined,
  service: { readonly basePath?: string; readonly fixed?: Readonly<Record<string, string>> } = {},
): string {
  if (operation === undefined) return '/*';
  const path = operation.template.replace(/\{([^}]+)\}/g, (placeholder, name: string) =>
    PUBLIC_PARAMETERS.has(name) || service.fixed?.[name] !== undefined
      ? encodeURIComponent(operation.path[name] ?? placeholder)
      : placeholder,
  );
  // The request was matched with the base path in front, so the template has as many parts more.
  const partsOfBase = (service.basePath ?? '').split('/').length - 1;
  return `/${path
    .split('/')
    .slice(1 + partsOfBase)
    .join('/')}`;
}
