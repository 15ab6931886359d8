import type { Document } from '../../contracts/documents.js';
import type { Operation, OperationContext } from '../kit/block-definition.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';

export type Channel = 'email' | 'sms';
export const statuses = ['scheduled', 'processing', 'deferred', 'bounced', 'notSent', 'delivered'] as const;
export type Status = (typeof statuses)[number];
export type Counts = Readonly<Record<Status, number>>;

export interface Recipient {
  /** Address or number as it will be used: lower case, without spaces. */
  readonly to: string;
  readonly name?: string;
  /** Further addresses of the same message. */
  readonly also?: readonly string[];
  /** This recipient's own text instead of the request's. */
  readonly content?: string;
}

/** One accepted request: what to send to whom, and how far that is. Its messages are made when it is delivered. */
export interface RequestDoc extends Document {
  readonly channel: Channel;
  readonly at: string;
  readonly sender: string;
  readonly title?: string;
  readonly content: string;
  readonly locale: string;
  readonly recipients: readonly Recipient[];
  readonly phase: 'scheduled' | 'deferred' | 'complete';
  readonly counts: Counts;
  /** How often what was deferred was tried again over a mail server. */
  readonly retries?: number;
  /** Where the sender wants to be told. */
  readonly callbackUri?: string;
}

/** What came back to a request. */
export interface ReplyDoc extends Document {
  readonly requestUid: string;
  readonly channel: Channel;
  readonly at: string;
  readonly meta: string;
  readonly content: string;
}

/** A message as its recipient would hold it. The order of ids is that of time, newest first. */
export interface MessageDoc extends Document {
  readonly requestUid: string;
  readonly channel: Channel;
  readonly at: string;
  readonly sender: string;
  readonly recipient: string;
  readonly recipientName?: string;
  readonly title?: string;
  readonly text: string;
  readonly status: Status;
  /** Why it was not sent, bounced or deferred. */
  readonly reason?: string;
}

/** The training notice of a language (`_id`). */
export interface NoticeDoc extends Document {
  readonly text: string;
}

/** `_id` is an address, a number, or `@domain`. */
export type AllowedDoc = Document;

export interface MessagingState {
  readonly requests: ScopedCollection<RequestDoc>;
  readonly messages: ScopedCollection<MessageDoc>;
  readonly replies: ScopedCollection<ReplyDoc>;
  readonly notices: ScopedCollection<NoticeDoc>;
  readonly allowed: ScopedCollection<AllowedDoc>;
}

export type MessagingContext = OperationContext<MessagingState>;
export type MessagingOperation = Operation<MessagingState>;

export function openMessagingState(scope: StateScope): MessagingState {
  return {
    requests: scope.collection<RequestDoc>('requests'),
    messages: scope.collection<MessageDoc>('messages', ['recipient', 'requestUid', 'channel']),
    replies: scope.collection<ReplyDoc>('replies', ['requestUid']),
    notices: scope.collection<NoticeDoc>('notices'),
    allowed: scope.collection<AllowedDoc>('allowed'),
  };
}
