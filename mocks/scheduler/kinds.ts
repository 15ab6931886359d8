/**
 * The nine things that bb-scheduler keeps. They differ in names and references only, so one table describes them and
 * the four operations of each come from it.
 */
export interface Kind {
  readonly name: KindName;
  /** Start of the operationIds. */
  readonly operation: string;
  /** Member of `qry` that holds the details of a new one; the official document names it differently for each. */
  readonly newMember: string;
  /** Details that name another thing, which must exist. */
  readonly references: Readonly<Record<string, KindName>>;
  /** Members of a filter that go by another name in the details. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Member of the details that the range `from`, `to` of a filter is about. */
  readonly time?: string;
}

export const kindNames = [
  'event',
  'appointment',
  'entity',
  'resource',
  'subscriber',
  'message',
  'affiliation',
  'alert_schedule',
  'log',
] as const;
export type KindName = (typeof kindNames)[number];

export const kinds: Readonly<Record<KindName, Kind>> = {
  event: {
    name: 'event',
    operation: 'event',
    newMember: 'details',
    references: { host_entity_id: 'entity' },
    renamed: {},
  },
  appointment: {
    name: 'appointment',
    operation: 'appointment',
    newMember: 'appointment_details',
    references: { event_id: 'event', participant_entity_id: 'entity' },
    renamed: { status: 'status_id', event_details: 'event_id' },
  },
  entity: { name: 'entity', operation: 'entity', newMember: 'details', references: {}, renamed: {} },
  resource: {
    name: 'resource',
    operation: 'resource',
    newMember: 'resource_details',
    references: {},
    renamed: {},
  },
  subscriber: {
    name: 'subscriber',
    operation: 'subscriber',
    newMember: 'subscriber_details',
    references: {},
    renamed: {},
  },
  message: {
    name: 'message',
    operation: 'message',
    newMember: 'message_details',
    references: { entity_id: 'entity' },
    renamed: {},
  },
  affiliation: {
    name: 'affiliation',
    operation: 'affiliation',
    newMember: 'affiliation_details',
    references: { resource_id: 'resource', entity_id: 'entity' },
    renamed: { category: 'resource_category' },
  },
  alert_schedule: {
    name: 'alert_schedule',
    operation: 'alertSchedule',
    newMember: 'alert_schedule_details',
    references: { event_id: 'event', message_id: 'message' },
    renamed: {},
    time: 'alert_datetime',
  },
  log: {
    name: 'log',
    operation: 'log',
    newMember: 'log_details',
    references: {},
    renamed: { category: 'log_category', logger_category: 'logger_role' },
    time: 'datetime',
  },
};

export function idName(kind: Kind): string {
  return `${kind.name}_id`;
}
