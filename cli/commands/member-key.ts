import { readConfig } from '../../app/config.js';
import { readMemberKey } from '../../app/project.js';
import { SandboxError } from '../../contracts/problems.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface MemberKeyOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** `sandbox member-key`: what another installation stores as a secret, to call services here as that member. */
export async function memberKey(client: string, options: MemberKeyOptions): Promise<void> {
  if (client.split('/').length !== 4)
    throw new SandboxError('GSB-REQ-001', {
      detail: `${client}: name the member's application as INSTANCE/CLASS/MEMBER/APPLICATION.`,
    });
  const config = readConfig(process.env, { dataDir: options.data });
  const key = await readMemberKey(config, createTerminalLogger(config.logLevel), client);
  process.stdout.write(options.json === true ? `${JSON.stringify({ client, key })}\n` : `${key}\n`);
}
