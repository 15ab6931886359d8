import { accept, type SenderInfo } from '../accept.js';
import type { MessagingOperation } from '../state.js';

interface EmailBody {
  readonly senderInfo?: SenderInfo;
  readonly recipientInfo: {
    readonly email: string;
    readonly emailCC?: string;
    readonly emailBCC?: string;
    readonly name?: string;
  };
  readonly emailContent: { readonly title?: string; readonly content: string; readonly locale?: string };
}

/** bb-messaging, sendSingleEmail. */
export const sendSingleEmail: MessagingOperation = (context) => {
  const { senderInfo, recipientInfo, emailContent } = context.body as unknown as EmailBody;
  const { email, emailCC, emailBCC, name } = recipientInfo;
  const also = [emailCC, emailBCC]
    .filter((address) => address !== undefined)
    .filter((address) => address !== '');
  const recipient = {
    to: email,
    ...(name === undefined ? {} : { name }),
    ...(also.length === 0 ? {} : { also }),
  };
  return Promise.resolve(
    accept(context, { channel: 'email', sender: senderInfo, ...emailContent, recipients: [recipient] }),
  );
};
