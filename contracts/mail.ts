/** A message on its way to one recipient over a real mail server. */
export interface Mail {
  /** Deterministic: a message that is sent again after a crash is recognised by it. */
  readonly id: string;
  readonly from: { readonly name: string };
  readonly to: { readonly address: string; readonly name?: string };
  readonly subject: string;
  readonly text: string;
  /** Instant of the message's date. */
  readonly at: string;
}

/** What the server answered, as delivery knows it: taken for delivery, refused for good (5xx), or not now (4xx, no answer). */
export type MailOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'bounced'; readonly reason: string }
  | { readonly kind: 'deferred'; readonly reason: string };

export interface MailServer {
  send(mail: Mail): Promise<MailOutcome>;
}
