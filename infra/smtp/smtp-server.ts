import type { Mail, MailOutcome, MailServer } from '../../contracts/mail.js';
import { internetMessage } from './internet-message.js';
import type { SmtpAddress } from './smtp-address.js';
import { openConversation, SmtpRefusal, type Conversation } from './smtp-conversation.js';

const TIMEOUT_MS = 30_000;

/** Hands mail to a server, one conversation for each message (RFC 5321). Never throws: what goes wrong is the outcome. */
export function createSmtpServer(address: SmtpAddress, sender: string): MailServer {
  return {
    send: async (mail) => {
      try {
        return await deliver(address, sender, mail);
      } catch (error) {
        if (error instanceof SmtpRefusal)
          return { kind: error.permanent ? 'bounced' : 'deferred', reason: error.message };
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'deferred', reason: `the mail server did not answer: ${reason}` };
      }
    },
  };
}

async function deliver(address: SmtpAddress, sender: string, mail: Mail): Promise<MailOutcome> {
  const conversation = await openConversation(address, TIMEOUT_MS);
  try {
    await conversation.greet();
    if (address.user !== undefined) await authenticate(conversation, address.user, address.password ?? '');
    await conversation.say(`MAIL FROM:<${sender}>`);
    await conversation.say(`RCPT TO:<${mail.to.address}>`);
    await conversation.say('DATA', 354);
    await conversation.data(internetMessage(mail, sender));
    return { kind: 'delivered' };
  } finally {
    conversation.close();
  }
}

/** RFC 4954, PLAIN: only where the connection is encrypted, or the server is this machine. */
async function authenticate(conversation: Conversation, user: string, password: string): Promise<void> {
  if (!conversation.confidential)
    throw new Error('it offers no encryption, and a password is not sent without');
  const proof = Buffer.from(`\0${user}\0${password}`, 'utf8').toString('base64');
  await conversation.say(`AUTH PLAIN ${proof}`);
}
