/** The scheduler as a member of the information mediator: who it is when its alerts are sent as messages. */
export const SCHEDULER_CLIENT = 'SANDBOX/GOV/MDG/SCHEDULER';

/** The service that it sends them by, as use cases declare it too, with the right that it needs there. */
export const alertMessages = {
  title: 'Messages',
  provider: 'SANDBOX/GOV/MDG/MESSAGING',
  code: 'messaging',
  block: 'messaging',
  access: [
    {
      client: SCHEDULER_CLIENT,
      operations: ['sendSingleSms', 'sendSingleEmail'],
      basis: { kind: 'public-task', reference: 'People are reminded of their appointments (training)' },
    },
  ],
} as const;
