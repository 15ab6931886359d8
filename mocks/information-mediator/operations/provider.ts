import { didYouMean } from '../../../contracts/near-misses.js';
import { SandboxError } from '../../../contracts/problems.js';
import { applicationPath, parseApplication } from '../member-path.js';
import type { Directory } from '../directory.js';
import type { MediatorContext } from './state.js';

const NO_CALLER = 'X-GovStack-Client must say instance/class/member/application of the caller';

/** The application that the path names. Raises GSB-REQ-001 when it is not in the directory. */
export function providerOf(directory: Directory, { path }: MediatorContext): string {
  return known(directory, path);
}

/** The same in the older dialect, whose callers put names between quotes now and then. */
export function olderProviderOf(directory: Directory, { path }: MediatorContext): string {
  const bare = Object.entries(path).map(([name, value]) => [name, value.replace(/^"(.*)"$/, '$1')]);
  return known(directory, Object.fromEntries(bare) as Readonly<Record<string, string>>);
}

function known(directory: Directory, path: Readonly<Record<string, string>>): string {
  const { instanceId = '', memberClass = '', memberCode = '', applicationCode = '' } = path;
  const provider = applicationPath({ instanceId, memberClass, memberCode, applicationCode });
  if (directory.isApplication(provider)) return provider;
  throw new SandboxError('GSB-REQ-001', {
    detail: `instanceId, memberClass, memberCode, applicationCode: no such application in this directory${nearApplications(directory, provider)}`,
  });
}

/** What may have been meant by the path of an application; which there are is public. */
export function nearApplications(directory: Directory, wanted: string): string {
  return didYouMean(wanted, directory.applications().map(applicationPath));
}

/**
 * The caller, if it names an application: the older dialect takes any text. Raises GSB-REQ-001 when it says nothing.
 */
export function olderCallerOf({ client }: MediatorContext): string | undefined {
  if (client === undefined) throw new SandboxError('GSB-REQ-001', { detail: NO_CALLER });
  const name = parseApplication(client);
  return name && applicationPath(name);
}

/** The caller, under whichever header name. Raises GSB-REQ-001 when the header is missing or malformed. */
export function callerOf({ client }: MediatorContext): string {
  const name = client === undefined ? undefined : parseApplication(client);
  if (name) return applicationPath(name);
  throw new SandboxError('GSB-REQ-001', { detail: NO_CALLER });
}

export function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
