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
import { createPublishEvent } from '../operations/publish-event.js';
import { createPullEvent } from '../operations/pull-event.js';
import type { MediatorOperation, MediatorPorts } from '../operations/state.js';

/** The rooms of the mediator: event types, publishing, subscriptions, pulling. GovStack IM PubSub 2.0.0. */
export function pubSubOperations(ports: MediatorPorts): Readonly<Record<string, MediatorOperation>> {
  return {
    createEventType: createCreateEventType(ports),
    getEventTypeList: createGetEventTypeList(ports),
    getEventType: createGetEventType(ports),
    deleteEventType: createDeleteEventType(ports),
    publishEvent: createPublishEvent(ports),
    getStatus: createGetStatus(ports),
    deleteEvent: createDeleteEvent(ports),
    listSub: createListSub(ports),
    getSub: createGetSub(ports),
    addSub: createAddSub(ports),
    patchSub: createPatchSub(ports),
    deleteSub: createDeleteSub(ports),
    pullEvent: createPullEvent(ports),
    confirmEvent: createConfirmEvent(ports),
  };
}
