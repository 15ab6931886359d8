import { accept, type SenderInfo } from '../accept.js';
import type { MessagingOperation, Recipient } from '../state.js';

interface BatchSmsBody {
  readonly senderInfo?: SenderInfo;
  readonly recipientInfo: {
    readonly recipients: readonly {
      readonly phone: string;
      readonly name?: string;
      readonly content?: string;
    }[];
  };
  readonly smsContent: { readonly content: string; readonly locale?: string };
}

/** Extension: many text messages; a recipient may have a text of their own. */
export const sendBatchSms: MessagingOperation = (context) => {
  const { senderInfo, recipientInfo, smsContent } = context.body as unknown as BatchSmsBody;
  const recipients = recipientInfo.recipients.map(({ phone, name, content }): Recipient => ({
    to: phone,
    ...(name === undefined ? {} : { name }),
    ...(content === undefined ? {} : { content }),
  }));
  return Promise.resolve(accept(context, { channel: 'sms', sender: senderInfo, ...smsContent, recipients }));
};
