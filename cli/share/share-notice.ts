import { renderUnicodeCompact } from 'uqr';
import { paint } from '../paint.js';

export interface Shared {
  readonly publicUrl: string;
  /** People sign in with passwords at a Keycloak of their own. */
  readonly keycloak: boolean;
}

/** Squares of light around the picture, without which telephones do not find it. */
const QUIET = 4;

/** What `sandbox up --share` says: where to go, as a picture too, and what it means that others can. */
export function shareNotice({ publicUrl, keycloak }: Shared): string {
  const address = `${publicUrl}/`;
  const plain = publicUrl.startsWith('http:');
  const warnings = [
    ...(plain
      ? ['This is plain http: whoever shares the network can read along and take over a session.']
      : ['Whoever knows the address can reach it.']),
    keycloak
      ? 'People sign in at Keycloak; change the passwords of the personas there.'
      : 'Anybody may be any persona, the administrator too; there are no passwords.',
    'Enter training data only: nothing about real people, no real credentials.',
    'Stop it with Ctrl+C. Without --share nobody but this machine gets in.',
  ];
  return [
    '',
    `  ${paint('bold', 'Shared')} with everybody on this network: ${paint('cyan', address)}`,
    '',
    ...renderUnicodeCompact(address, { border: QUIET })
      .split('\n')
      // Light squares are drawn: on a light background the picture would be inside out.
      .map((line) => `  ${paint(['whiteBright', 'bgBlack'], line)}`),
    '',
    '  A workspace for each: as a trainer make one under Workspace, and write its code on the board.',
    '  Who comes by the address types it there.',
    '',
    ...warnings.map((line) => `  ${paint('yellow', '!')} ${line}`),
    '',
  ].join('\n');
}
