import { accept, type SenderInfo } from '../accept.js';
import type { MessagingOperation } from '../state.js';

interface SmsBody {
  readonly senderInfo?: SenderInfo;
  readonly recipientInfo: { readonly phone: string; readonly name?: string };
  readonly smsContent: { readonly content: string; readonly locale?: string };
}

/** Extension: a text message. The official document sends e-mail only. */
export const sendSingleSms: MessagingOperation = (context) => {
  const { senderInfo, recipientInfo, smsContent } = context.body as unknown as SmsBody;
  const { phone, name } = recipientInfo;
  const recipients = [{ to: phone, ...(name === undefined ? {} : { name }) }];
  return Promise.resolve(accept(context, { channel: 'sms', sender: senderInfo, ...smsContent, recipients }));
};
