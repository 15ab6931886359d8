import { SandboxError } from '../../../contracts/problems.js';
import { applicationPath, parseApplication } from '../member-path.js';
import type { Directory } from '../directory.js';
import type { MediatorContext } from './state.js';

/** The application that the path names. Raises GSB-REQ-001 when it is not in the directory. */
export function providerOf(directory: Directory, { path }: MediatorContext): string {
  const { instanceId = '', memberClass = '', memberCode = '', applicationCode = '' } = path;
  const provider = applicationPath({ instanceId, memberClass, memberCode, applicationCode });
  if (directory.isApplication(provider)) return provider;
  throw new SandboxError('GSB-REQ-001', {
    detail: 'instanceId, memberClass, memberCode, applicationCode: no such application in this directory',
  });
}

/** The caller, under whichever header name. Raises GSB-REQ-001 when the header is missing or malformed. */
export function callerOf({ client }: MediatorContext): string {
  const name = client === undefined ? undefined : parseApplication(client);
  if (name) return applicationPath(name);
  throw new SandboxError('GSB-REQ-001', {
    detail: 'X-GovStack-Client must say instance/class/member/application of the caller',
  });
}

export function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
