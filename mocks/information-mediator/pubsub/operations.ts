import { createAddSub } from '../operations/add-sub.js';
import { createConfirmEvent } from '../operations/confirm-event.js';
import { createCreateEventType } from '../operations/create-event-type.js';
import { createDeleteEvent } from '../operations/delete-event.js';
import { createDeleteEventType } from '../operations/delete-event-type.js';
import { createDeleteSub } from '../operations/delete-sub.js';
import { createGetEventType } from '../operations/get-event-type.js';
import { createGetEventTypeList } from '../operations/get-event-type-list.js';
import { createGetStatus } from '../operations/get-status.js';
import { createGetSub } from '../operations/get-sub.js';
import { createListSub } from '../operations/list-sub.js';
import { createPatchSub } from '../operations/patch-sub.js';
import {
  createConfirmEventOlder,
  createDeleteEventOlder,
  createGetStatusOlder,
  createPullEventByIdOlder,
  createPullEventOlder,
} from '../operations/older-events.js';
import {
  createAddSubOlder,
  createDeleteSubOlder,
  createGetSubOlder,
  createListSubOlder,
  createPatchSubOlder,
} from '../operations/older-subscriptions.js';
import { createPublishEvent } from '../operations/publish-event.js';
import { createPullEvent } from '../operations/pull-event.js';
import type { CreateOperation } from '../operations/state.js';

/** The rooms of the mediator: event types, publishing, subscriptions, pulling. GovStack IM PubSub 2.0.0. */
export const pubSubOperations: Readonly<Record<string, CreateOperation>> = {
  createEventType: createCreateEventType,
  getEventTypeList: createGetEventTypeList,
  getEventType: createGetEventType,
  deleteEventType: createDeleteEventType,
  publishEvent: createPublishEvent,
  getStatus: createGetStatus,
  deleteEvent: createDeleteEvent,
  listSub: createListSub,
  getSub: createGetSub,
  addSub: createAddSub,
  patchSub: createPatchSub,
  deleteSub: createDeleteSub,
  pullEvent: createPullEvent,
  confirmEvent: createConfirmEvent,
  // PubSub 1.0.0.
  listSubOlder: createListSubOlder,
  addSubOlder: createAddSubOlder,
  getSubOlder: createGetSubOlder,
  patchSubOlder: createPatchSubOlder,
  deleteSubOlder: createDeleteSubOlder,
  getStatusOlder: createGetStatusOlder,
  deleteEventOlder: createDeleteEventOlder,
  pullEventOlder: createPullEventOlder,
  pullEventByIdOlder: createPullEventByIdOlder,
  confirmEventOlder: createConfirmEventOlder,
};
