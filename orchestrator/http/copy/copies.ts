import { asCurl } from './as-curl.js';
import { asPython } from './as-python.js';
import { asTypeScript } from './as-typescript.js';
import type { CopyableRequest } from './copyable-request.js';

export const copyForms = ['curl', 'typescript', 'python'] as const;
export type CopyForm = (typeof copyForms)[number];

/** The request in a language; each form ends with a line break and can be run as it stands. */
export function writeCopy(request: CopyableRequest, form: CopyForm): string {
  switch (form) {
    case 'curl':
      return asCurl(request);
    case 'typescript':
      return asTypeScript(request);
    case 'python':
      return asPython(request);
  }
}
