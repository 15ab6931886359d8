import { createSmtpServer } from '../infra/smtp/smtp-server.js';
import type { MessagingOptions } from '../mocks/messaging/block.js';
import type { SandboxConfig } from './config.js';

/** Where messages may go beyond the sandbox, and over which server. */
export function openMessaging({
  smtp,
  smtpFrom,
  messageAllow,
}: Pick<SandboxConfig, 'smtp' | 'smtpFrom' | 'messageAllow'>): MessagingOptions {
  return {
    allow: messageAllow,
    ...(smtp === undefined ? {} : { mail: createSmtpServer(smtp, smtpFrom) }),
  };
}
