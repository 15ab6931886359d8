/**
 * Names of the mediator's members, as X-Road writes them: `instance/class/member/application[/service]`,
 * each part percent-encoded in a URL (X-Road Message Protocol for REST 1.0.3, section 4.1).
 */
export interface ApplicationName {
  readonly instanceId: string;
  readonly memberClass: string;
  readonly memberCode: string;
  readonly applicationCode: string;
}

const PART = /^[A-Za-z0-9'()+,\-.=?_]{1,100}$/;

/** The parts of `instance/class/member/application`; undefined when it is not of that form. */
export function parseApplication(text: string): ApplicationName | undefined {
  const parts = text.trim().split('/').map(decodePart);
  const [instanceId, memberClass, memberCode, applicationCode] = parts;
  if (parts.length !== 4 || !parts.every((part) => part !== undefined && PART.test(part))) return undefined;
  if (!instanceId || !memberClass || !memberCode || !applicationCode) return undefined;
  return { instanceId, memberClass, memberCode, applicationCode };
}

export function applicationPath(name: ApplicationName): string {
  return [name.instanceId, name.memberClass, name.memberCode, name.applicationCode].join('/');
}

/** Undefined when the percent-encoding is broken. */
export function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
