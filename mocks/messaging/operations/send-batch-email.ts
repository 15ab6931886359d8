import { isJsonObject } from '../../../contracts/json.js';
import { accept, decodeBatch, invalidInput, type SenderInfo } from '../accept.js';
import type { MessagingOperation, Recipient } from '../state.js';

interface BatchEmailBody {
  readonly senderInfo?: SenderInfo;
  readonly recipientInfo: { readonly batchEmailAsBase64: string };
  readonly emailContent: { readonly title?: string; readonly content: string; readonly locale?: string };
}

/** bb-messaging, sendBatchEmail: recipients as a base64 JSON array of `{recipientInfo: {email, name}}`. */
export const sendBatchEmail: MessagingOperation = (context) => {
  const { senderInfo, recipientInfo, emailContent } = context.body as unknown as BatchEmailBody;
  const entries = decodeBatch(recipientInfo.batchEmailAsBase64);
  if (!entries)
    return Promise.resolve(invalidInput('recipientInfo.batchEmailAsBase64 is not a JSON array in base64'));
  return Promise.resolve(
    accept(context, {
      channel: 'email',
      sender: senderInfo,
      ...emailContent,
      recipients: entries.map(toRecipient),
    }),
  );
};

function toRecipient(entry: unknown): Recipient {
  const info = isJsonObject(entry) && isJsonObject(entry.recipientInfo) ? entry.recipientInfo : {};
  const text = (name: string): string | undefined => {
    const value = info[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const name = text('name');
  const also = [text('emailCC'), text('emailBCC')].filter((address) => address !== undefined);
  return {
    to: text('email') ?? '',
    ...(name === undefined ? {} : { name }),
    ...(also.length === 0 ? {} : { also }),
  };
}
